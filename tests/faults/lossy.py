"""Settings of a server whose channel layer loses most pushes, so that healing has to do the work."""

import random

from chat.layers import Payload, ProcessLayer
from unobot.settings import *  # noqa: F403

LOST = 0.6
_dice = random.Random(7)


class LossyLayer(ProcessLayer):
    def push(self, group: str, message: Payload) -> None:
        if _dice.random() > LOST:
            super().push(group, message)


CHANNEL_LAYERS = {"default": {"BACKEND": "tests.faults.lossy.LossyLayer"}}
