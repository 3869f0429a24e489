"""What is remembered: typed tables and transactions."""

from models.accounts import (
    Account,
    AccountKind,
    Bot,
    BotArea,
    Conversation,
    Invite,
    JoinKind,
    JoinRequest,
    JoinStatus,
    SpokenFor,
)
from models.alarms import Escalation, EscalationEvent, LastFever
from models.areas import Area, AreaPolicy
from models.audit import AuditEntry
from models.briefs import Brief, BriefTurn
from models.declarations import Declaration
from models.directives import Directive, DirectiveEvent, DirectiveStep
from models.duty import DutyGap, DutyOutlook, Holiday, Shift, ShiftTime, StandIn
from models.enquiries import Enquiry, EnquiryEvent, EnquiryTopic, LastTopic
from models.groups import GridGroup
from models.health import Asked, Quarantine, ReportRequest, Source, TemperatureReading
from models.heartbeats import Heartbeat
from models.mail import Mention, OutboxMessage, RejectedUpdate, SeenUpdate
from models.media import Export, ExportKind, MediaCopy, ReceivedMedia
from models.notice_plans import NoticeFile, NoticePhrase, NoticePlan
from models.notices import (
    Notice,
    NoticeCopy,
    NoticeCount,
    NoticeEvent,
    NoticeFailure,
    NoticePace,
    NoticePart,
    NoticeSweep,
    NoticeTally,
)
from models.people import Appointment, Household, Person, Resident
from models.questions import AnswerLook, AnswerQuestion
from models.record import Record
from models.releases import Release
from models.shift_ends import ShiftEnd
from models.troubles import DeliveryTrouble

__all__ = [
    "Account",
    "AccountKind",
    "AnswerLook",
    "AnswerQuestion",
    "Appointment",
    "Area",
    "AreaPolicy",
    "Asked",
    "AuditEntry",
    "Bot",
    "BotArea",
    "Brief",
    "BriefTurn",
    "Conversation",
    "Declaration",
    "DeliveryTrouble",
    "Directive",
    "DirectiveEvent",
    "DirectiveStep",
    "DutyGap",
    "DutyOutlook",
    "Enquiry",
    "EnquiryEvent",
    "EnquiryTopic",
    "Escalation",
    "EscalationEvent",
    "Export",
    "ExportKind",
    "GridGroup",
    "Heartbeat",
    "Holiday",
    "Household",
    "Invite",
    "JoinKind",
    "JoinRequest",
    "JoinStatus",
    "LastFever",
    "LastTopic",
    "MediaCopy",
    "Mention",
    "Notice",
    "NoticeCopy",
    "NoticeCount",
    "NoticeEvent",
    "NoticeFailure",
    "NoticeFile",
    "NoticePace",
    "NoticePart",
    "NoticePhrase",
    "NoticePlan",
    "NoticeSweep",
    "NoticeTally",
    "OutboxMessage",
    "Person",
    "Quarantine",
    "ReceivedMedia",
    "Record",
    "RejectedUpdate",
    "Release",
    "ReportRequest",
    "Resident",
    "SeenUpdate",
    "Shift",
    "ShiftEnd",
    "ShiftTime",
    "Source",
    "SpokenFor",
    "StandIn",
    "TemperatureReading",
]
