"""Every form that somebody can be in the middle of."""

from handlers import (
    asking,
    breaches,
    checking,
    correcting,
    declaring,
    directives,
    doors,
    enquiries,
    finding,
    joining,
    notices,
    noting,
    phrases,
    planned,
    policies,
    quarantine,
    rejoining,
    sent_notices,
    transferring,
    visiting,
)
from handlers.filling import Forms

FORMS = Forms(
    *(*joining.FILLINGS, *rejoining.FILLINGS, *notices.FILLINGS, *visiting.FILLINGS),
    *(*doors.FILLINGS, *policies.FILLINGS, *quarantine.FILLINGS, *correcting.FILLINGS, *checking.FILLINGS),
    *(*transferring.FILLINGS, *declaring.FILLINGS, *noting.FILLINGS, *breaches.FILLINGS, *directives.FILLINGS),
    *sent_notices.FILLINGS,
    *(*phrases.FILLINGS, *planned.FILLINGS, *asking.FILLINGS, *enquiries.FILLINGS),
    *finding.FILLINGS,
)
