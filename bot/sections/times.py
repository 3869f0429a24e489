"""Settings of the clock: when households are asked, when nothing rings, how long each level has with an alarm."""

from datetime import time, timedelta
from typing import Annotated

from pydantic import BaseModel, Field

from bot.sections.values import Duration, Ladder, minutes


class RoundSettings(BaseModel):
    """When households are asked (local times), reminded and counted as silent."""

    morning: time = time(8, 0)
    evening: time = time(18, 0)
    remind_after: Duration = timedelta(hours=2)
    miss_after: Duration = timedelta(hours=4)
    spot_checks: Annotated[float, Field(ge=0, le=0.5)] = 0.02


class QuietSettings(BaseModel):
    """When nothing but fevers may ring (local times)."""

    start: time = Field(default=time(21, 30), validation_alias="from")
    end: time = Field(default=time(7, 30), validation_alias="to")


class EscalationSettings(BaseModel):
    """The patience of worker, head, community, street, district, city; and how long a taken alarm may rest."""

    emergency: Ladder = minutes(3, 5, 5, 10, 10, 15)
    urgent: Ladder = minutes(10, 10, 15, 30, 30, 60)
    routine: Ladder = minutes(60, 120, 240, 480, 480, 720)
    emergency_lapse: Duration = timedelta(minutes=10)
    urgent_lapse: Duration = timedelta(minutes=30)
    routine_lapse: Duration = timedelta(hours=4)
    unanswered: int = Field(default=3, ge=0)
    alarms_an_hour: int = Field(default=20, ge=0)
