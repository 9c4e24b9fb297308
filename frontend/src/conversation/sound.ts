import { useEffect } from "react";
import { usePreferences } from "../app/preferences";
import { useClientState, useSession } from "../app/visit";
import { messagesOf } from "../session/state";

/** A short tone for a new message, when the visitor has asked for it. */
export function useChime(): void {
  const wanted = usePreferences((preferences) => preferences.sound);
  const news = useClientState((state) => state.session.lastSeq > state.historyUpTo);
  const lastHeard = useSession((session) => messagesOf(session).findLast((message) => message.role !== "user")?.id);
  useEffect(() => {
    if (wanted && news && lastHeard) chime();
  }, [wanted, news, lastHeard]);
}

function chime(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
  tone.onended = () => void audio.close();
}
