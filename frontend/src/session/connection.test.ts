import { beforeEach, describe, expect, test } from "vitest";
import { Connection, type Status } from "./connection";
import { FakeClock, FakeLine } from "./fakes";

let clock: FakeClock;
let socket: FakeLine;
let polling: FakeLine;
let statuses: Status[];
let connection: Connection;

beforeEach(() => {
  clock = new FakeClock();
  socket = new FakeLine("socket");
  polling = new FakeLine("polling");
  statuses = [];
  connection = new Connection({
    socket: socket.open,
    polling: polling.open,
    position: () => ({ sessionId: "s", token: "t", lastSeq: 7 }),
    clock,
    random: () => 0.5,
    onFrame: () => {},
    onStatus: (status) => statuses.push(status),
  });
  connection.start();
});

function failEveryTry(): void {
  for (let tries = 0; tries < 5; tries += 1) {
    socket.breaks();
    clock.pass(7_000);
  }
  socket.breaks();
}

describe("a lost line (Z1)", () => {
  test("is taken up again after a short wait", () => {
    socket.joins();
    socket.breaks();
    expect(connection.status.is).toBe("waiting");
    clock.pass(1_000);
    expect(socket.opened).toBe(2);
  });

  test("waits longer before each further try", () => {
    const waits: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      socket.breaks();
      if (connection.status.is === "waiting") waits.push(connection.status.until - clock.now());
      clock.pass(7_000);
    }
    expect(waits).toEqual([375, 750, 1_500, 3_000, 6_000]);
  });

  test("goes to polling after five tries", () => {
    failEveryTry();
    expect([socket.opened, polling.opened]).toEqual([6, 1]);
    polling.joins();
    expect(connection.status).toEqual({ is: "live", over: "polling" });
  });

  test("counts anew once it was joined", () => {
    for (let tries = 0; tries < 9; tries += 1) {
      socket.joins();
      socket.breaks();
      clock.pass(1_000);
    }
    expect(polling.opened).toBe(0);
  });

  test("never tries again after a refusal", () => {
    socket.breaks("refused");
    clock.pass(600_000);
    expect([connection.status.is, socket.opened]).toEqual(["refused", 1]);
  });

  test("is given up when the session has expired", () => {
    socket.says({ type: "error", code: "expired", message: "gone", retryable: false });
    expect(connection.status.is).toBe("refused");
  });
});

describe("polling", () => {
  beforeEach(() => {
    failEveryTry();
    polling.joins();
  });

  test("keeps trying for as long as the network is away", () => {
    for (let tries = 0; tries < 20; tries += 1) {
      polling.breaks();
      while (!polling.isOpen) clock.pass(1_000);
    }
    expect(polling.opened).toBe(21);
  });

  test("gives way to the socket when the visitor asks", () => {
    connection.reconnect();
    socket.joins();
    expect(connection.status).toEqual({ is: "live", over: "socket" });
    expect(polling.isOpen).toBe(false);
  });

  test("tries the socket once when the network comes back", () => {
    connection.nudge();
    socket.breaks();
    expect([socket.opened, polling.opened]).toEqual([7, 2]);
  });
});

describe("a silent line", () => {
  test("is given up when a join is not answered", () => {
    clock.pass(8_000);
    expect(connection.status.is).toBe("waiting");
  });

  test("is asked every 15 seconds with what was last applied", () => {
    socket.joins();
    clock.pass(15_000);
    expect(socket.sent).toEqual([{ type: "ping", seq: 7 }]);
  });

  test("is given up when a heartbeat is not answered", () => {
    socket.joins();
    clock.pass(20_000);
    expect(connection.status.is).toBe("waiting");
  });

  test("stays while heartbeats are answered", () => {
    socket.joins();
    for (let beats = 0; beats < 10; beats += 1) {
      clock.pass(15_000);
      socket.says({ type: "pong", last_seq: 7 });
    }
    expect([connection.status.is, socket.opened]).toEqual(["live", 1]);
  });

  test("is found dead soon after the page is shown again", () => {
    socket.joins();
    connection.nudge();
    clock.pass(3_000);
    expect(connection.status.is).toBe("waiting");
  });
});

test("a nudge while waiting connects at once", () => {
  socket.breaks();
  connection.nudge();
  expect(socket.opened).toBe(2);
});

test("a restarting server is given the time it asks for", () => {
  socket.joins();
  socket.says({ type: "server_restart", retry_after_ms: 4_000 });
  socket.breaks();
  clock.pass(4_000);
  expect(socket.opened).toBe(1);
  clock.pass(1_000);
  expect(socket.opened).toBe(2);
});

test("stopping ends everything", () => {
  socket.joins();
  connection.stop();
  clock.pass(600_000);
  expect([statuses.at(-1)?.is, socket.opened, socket.isOpen]).toEqual(["idle", 1, false]);
});
