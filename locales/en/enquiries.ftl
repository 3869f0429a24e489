button-ask = I have a question
enquiry-ask = ❓ The notice of { $area }: { $first }
    <b>What would you like to know? Write it and send it to me.</b>
    A photo may go with it.
enquiry-ask-on = <b>What else would you like to know? Write it and send it to me.</b>
enquiry-wrong = A sentence or two, please, 300 characters at most. Or press "Cancel".
enquiry-photo = I have the photo. <b>Now write what you would like to know.</b>
enquiry-which = <b>Which notice do you mean?</b>
enquiry-about = { $first }
enquiry-no-notice = You have had no notice lately. For anything else call your grid worker.
enquiry-asked = ✓ Passed to <b>{ $area }</b>. The answer comes here.
enquiry-asked-at-night = ✓ Noted. Nobody is woken: <b>{ $area }</b> gets it at { $time }. The answer comes here.
enquiry-asked-already = That question has been passed on already. The answer comes here.
enquiry-too-many = { $count } questions of yours still wait for an answer. Please ask again when you have had one.
enquiry-went-up = Nobody has answered “{ $words }” yet, so <b>{ $area }</b> has it now.

enquiry-answer-head = 💬 <b>The notice of { $area }: an answer to you</b>
enquiry-known-head = 💬 <b>The notice of { $area }: somebody asked the same</b>
enquiry-quoted = You asked: { $words }
enquiry-given = <b>Answer: { $words }</b>
enquiry-given-by = { $name } · { $time }
enquiry-known-by = { $name } said so at { $time }, asked “{ $words }”.
button-enquiry-on = Ask more
button-enquiry-useful = That helps
button-enquiry-still = Ask the staff
enquiry-thanks = Good.
enquiry-done-already = Noted already.

enquiries-head = { $count ->
        [0] ❓ <b>Questions</b>
        [one] ❓ <b>Questions: one person waits</b>
       *[other] ❓ <b>Questions: { $count } people wait</b>
    }
enquiries-about = The notice of { $area } of { $time }: { $first }
enquiries-withdrawn = It was withdrawn; questions can still be answered.
enquiries-none = ✓ All answered.
enquiries-again = ⏰ <b>Not answered yet. In 4 hours it goes one level up.</b>
enquiries-from-below = ⬆️ <b>{ $area } has not answered: it is yours now</b>
enquiries-one = { $people ->
        [one] <b>{ $words }</b> ({ $age })
       *[other] <b>{ $words }</b> ({ $people } people, { $age })
    }
enquiries-line = { $people ->
        [one] { $index }. { $words } ({ $age })
       *[other] { $index }. { $words } ({ $people } people, { $age })
    }
enquiry-fresh = just asked
enquiry-waits = waits { $age }
enquiry-is-at = , passed to { $area }
enquiries-commonest = <b>Asked most:</b>
enquiries-commonest-line = { $words } ({ $people } people)
button-enquiry-answer = Answer
button-enquiry-known = Answered by the bot
button-notice-questions = ❓ All questions ({ $count })
notice-questions = ❓ { $count ->
        [one] 1 question waits, for { $age }
       *[other] { $count } questions wait, the oldest for { $age }
    }

enquiry-asked-by = { $who } asked at { $time }:
    <b>{ $words }</b>
enquiry-said = { $name } answered at { $time }:
    { $words }
enquiry-said-known = The bot gave the answer of { $name }:
    { $words }
enquiry-not-enough = That was not enough.
enquiry-more = { $count } more ask the same.
enquiry-text-then = ✏️ When it was asked, the notice said:
enquiry-write = { $people ->
        [one] <b>Write the answer and send it to me.</b>
       *[other] <b>Write the answer and send it to me: all { $people } get it.</b>
    }
enquiry-answer-wrong = 500 characters at most, please.
enquiry-preview = Question: { $words }
    <b>Answer: { $answer }</b>

    Give this answer too when others ask the same?
enquiry-preview-alone = Question: { $words }
    <b>Answer: { $answer }</b>
enquiry-send = { $people ->
        [one] Only to who asked
       *[other] Only to these { $people }
    }
enquiry-send-all = Tell others too
enquiry-confirm-wrong = Press one of the buttons above to send it, or "Cancel".
enquiry-answered = { $unreachable ->
        [0] ✓ Answered: { $people }.
       *[other] ✓ Answered: { $people }. { $unreachable } of them cannot be reached now and get it when they are back.
    }
enquiry-answered-all = { $unreachable ->
        [0] ✓ Answered: { $people }. Whoever asks the same from now on gets this answer from me.
       *[other] ✓ Answered: { $people }; { $unreachable } of them get it when they are back. Whoever asks the same gets this answer from me.
    }
enquiry-answered-already = <b>{ $name }</b> has answered already: { $words }
enquiry-asked-on-meanwhile = Your answer was not sent: more was asked just now.
    <b>{ $words }</b>
    Press "Answer", read it and answer again.
enquiry-nobody-waits = Nobody waits for an answer to that.
enquiry-known-list = <b>When the same is asked, I answer</b> ({ $first })
enquiry-known-line = { $index }. { $words }
    { $answer }{ $given ->
        [0] { "" }
        [one] {" "}(given once)
       *[other] {" "}(given { $given } times)
    }
enquiry-known-none = There is none any more.
button-enquiry-stop = { $index }. Stop answering this
enquiry-stopped = Good: I do not answer that any more. The next one who asks is passed to you.

event-enquiry = questions wait
command-ask = A question about a notice
