released-by-rule = <b>{ $name }</b>: { $days } days of home quarantine are done. Every report came, and every temperature was normal.
    From <b>{ $day }</b> on you are free to go out.
released-by-staff = <b>{ $name }</b>: { $days } days of home quarantine are done, and your grid worker has checked everything.
    From <b>{ $day }</b> on you are free to go out.
released-thanks = Thank you and your family for these days! No more reports are needed. If you feel ill, write to me at any time.
released-picture = This picture is the certificate of release. Please keep it and let the gate scan it.
released-pictures = The certificates of release follow, one for each. Please keep them and let the gate scan them.

release-waits-missed = <b>{ $name }</b>: the { $days } days are over, but some temperatures never came. Your grid worker has to check first.
    Please wait a little and do not go out yet. I will tell you as soon as it is decided.
release-waits-values = <b>{ $name }</b>: the { $days } days are over. Your grid worker has to look at the temperatures and how you feel once more.
    Please wait a little and do not go out yet. I will tell you as soon as it is decided.
release-withdrawn = <b>{ $name }</b>: I said that the { $days } days were done. Something new has come up, and your grid worker has to look at it first.
    Please do not go out yet; the certificate does not count for now. I will tell you as soon as it is decided.

certificate = The certificate of release of { $name }, valid from { $day }.
    Please keep this picture and let the gate scan it.

certificate-title = Certificate of release from home quarantine
certificate-days = { $days } days of home quarantine, { $first } – { $last }
certificate-valid = free to go out from { $day }
certificate-gate = the gate scans this code

releases-head = <b>The days are over, you decide: { $count }</b>
releases-line = <b>{ $index }.</b> { $name } · { $where }{ $missed ->
        [0] {""}
       *[other] {" "}· { $missed } missed
    }{ $abnormal ->
        [0] {""}
       *[other] {" "}· { $abnormal } abnormal (last { $day })
    }{ $other ->
        [yes] {" "}· more to look at
       *[no] {""}
    }
releases-more = { $count } more are shown when those above are decided.
releases-none = ✓ Everybody whose days are over has been decided.
release-card = <b>{ $name }</b> · { $where }
    Home quarantine { $first } to { $last }: the days are over.
release-question = Please check, then decide: release, or longer?
release-decided = { $name }: this has been decided already.
release-done = ✓ { $name } is released. The family is told, the certificate is on its way.
release-longer-done = ✓ { $name }: { $days } days longer, until { $until }. The family is told.
doubt-never-asked = Not one temperature could be asked for.
doubt-unseen = No temperatures of { $count ->
        [one] the first day
       *[other] the first { $count } days
    }: the bot was told later.
doubt-missed = { $count } of { $of } reports missing: { $days }
doubt-abnormal = Abnormal: { $values }
doubt-unwell = Said to feel ill: { $days }
doubt-alarm = An alarm is still open.
button-release = Release
button-certificate-again = Send the certificate again
button-certificate-revoke = Revoke the certificate
certificate-sent-again = ✓ The certificate of { $name } goes out again.
certificate-revoked = ✓ The certificate of { $name } is revoked: the gate sees it at once.
status-waits = { $name }: the days are over, and your grid worker is checking. Please do not go out yet. I will tell you as soon as it is decided.

check-ask = Please scan the code of the certificate and send me the line that comes out.
check-wrong = There is no code of a certificate in this. Please scan again and send the whole line.
check-valid = ✅ <b>Valid</b>
    { $name } · { $area }
    Home quarantine { $first } to { $last }, free to go out from { $day }
check-not-yet = ⏳ <b>Not yet</b>
    { $name } · { $area }
    Home quarantine { $first } to { $last }, free to go out only from { $day }
check-revoked = ❌ <b>Revoked</b>
    { $name } · { $area }
    Home quarantine { $first } to { $last }, was to be free from { $day }
check-again = ❌ <b>In home quarantine again</b>
    { $name } · { $area }
    This one is of { $first } to { $last }, valid from { $day }; it does not count now
check-unknown = ❌ <b>Not a certificate of ours</b>
    Please note the name and call the community.

gate-title = Check of a certificate of release
gate-valid = Valid
gate-not-yet = Not yet
gate-revoked = Revoked
gate-again = In home quarantine again
gate-unknown = Not a certificate of ours
gate-unknown-help = Please note the name and call the community.
gate-name = Name
gate-area = Area
gate-days = Home quarantine
gate-from = Free to go out from
