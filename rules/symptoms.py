"""What somebody may suffer from besides a temperature: asked after an abnormal value, and heard at any time."""

from enum import StrEnum


class Symptom(StrEnum):
    """What can be asked about; an area chooses its list (the policy `symptoms`)."""

    BREATHLESS = "breathless"
    CHEST_PAIN = "chest_pain"
    CONFUSED = "confused"
    COUGH = "cough"
    WEAK = "weak"
    DIARRHOEA = "diarrhoea"
    NO_SMELL = "no_smell"
    SORE_THROAT = "sore_throat"
    HEADACHE = "headache"
    ACHES = "aches"
    VOMITING = "vomiting"
    CHILLS = "chills"
    RUNNY_NOSE = "runny_nose"


RED_FLAGS = (Symptom.BREATHLESS, Symptom.CHEST_PAIN, Symptom.CONFUSED)
"""Breathing difficulty, chest pain, confusion: each alone is an emergency (design, section 6). None is left out."""

USUAL_SYMPTOMS = (*RED_FLAGS, Symptom.COUGH, Symptom.WEAK, Symptom.DIARRHOEA, Symptom.NO_SMELL)
"""Asked where no area says otherwise: those of the national plan of February 2020, and the loss of smell."""


def chosen(names: str) -> tuple[Symptom, ...]:
    """The list that an area wrote down (``cough,weak``), the red flags first; raises ValueError for a name unknown."""
    wanted = [Symptom(name.strip()) for name in names.replace("，", ",").split(",") if name.strip()]
    return tuple(dict.fromkeys((*RED_FLAGS, *wanted)))
