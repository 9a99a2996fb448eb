# Complaints: public form, tracking, inbox and handling.
complaints-number = Complaint number
complaints-code = Secret code
complaints-step-write = write your complaint
complaints-step-check = check, then send

## Form
complaints-new-title = Make a complaint
complaints-new-lead = No account, no fee. Tell it in your own words.
complaints-new-section-complaint = Your complaint
complaints-new-section-you = About you
complaints-new-section-privacy = Who may know
complaints-new-you-note = All of this is optional. Without a number or e-mail we cannot reach you, but you can still track the complaint with its secret code.
complaints-new-do = Continue and check
complaints-new-not-sent-yet = Not sent yet. On the next page you read everything again before you send it.
complaints-field-service = Service
complaints-field-service-hint = Choose the nearest one. Not sure? Leave it empty.
complaints-field-description = What happened?
complaints-field-description-hint = Tell it in order and say who was involved. Do not write your NIK or family card number; we will ask if we need it.
complaints-field-name = Name
complaints-field-phone = WhatsApp or phone number
complaints-field-phone-hint = So that an officer can call you if needed.
complaints-field-email = E-mail
complaints-field-email-hint = We write when it is received and when it is answered, without its words and without the code.
complaints-field-privacy = Your choice
complaints-sees-title = Who sees what
complaints-sees-who = Who
complaints-sees-text = The complaint
complaints-sees-name = Name and contact
complaints-sees-officer = Complaint officer
complaints-sees-officer-name = Yes; if anonymous only with a reason, recorded
complaints-sees-handler = Division that handles it
complaints-sees-handler-name = Yes, unless you choose anonymous
complaints-sees-public = The public
complaints-sees-public-text = How many there are; what you wrote only if the office publishes a summary without names and marks
complaints-sees-yes = Yes
complaints-sees-never = Never
complaints-sees-logged = Each time somebody looks at your name, that is recorded.

## Check, then send
complaints-check-title = Check before you send
complaints-check-lead = Read it once more. After sending, the complaint cannot be changed, but you can add messages.
complaints-check-change = Change
complaints-check-next-title = After you send it
complaints-check-next-receipt = You get a complaint number and a secret code at once.
complaints-check-do = Send the complaint
complaints-check-back = Go back and change

## Receipt
complaints-receipt-received = { $voice } received
complaints-receipt-title = Keep this number and code
complaints-receipt-keep = Print, photograph or save both. The code is never sent by mail; without it an anonymous complaint cannot be tracked.
complaints-receipt-pdf = Download the receipt
complaints-receipt-copy = Copy the code
complaints-receipt-next = The way of your { $called }
complaints-receipt-told = News and confidentiality
complaints-receipt-track = Open the tracking page

## Track
complaints-track-title = Track a complaint
complaints-track-lead = Number and secret code are on your receipt. Lost the number? The code alone will do.
complaints-track-number-hint = For example ADU-2026-000123
complaints-track-code-hint = Sixteen digits, with or without spaces.
complaints-track-do = Show the complaint
complaints-track-lost = Lost the number or the code?
complaints-track-lost-text = If you gave an e-mail address, a link for a new code is sent there. If you filed under your name, an officer at the counter makes a new code after seeing your identity card. Nobody can recover the code of an anonymous complaint without an e-mail address.
complaints-track-lost-link = Contact the office

## Status page
complaints-status-answer = Answer
complaints-status-helped = Did this answer help?
complaints-status-helped-note = Answered is not yet solved. If it helped, the { $called } is closed; if not, it is reopened with a new deadline.
complaints-status-helped-label = Your view
complaints-status-helped-do = Send
complaints-status-reason = What is still missing?
complaints-status-reason-hint = Required if the answer did not help.
complaints-status-promises = What we are doing because of it
complaints-status-words = What you wrote
complaints-status-journey = The way of your { $called }
complaints-status-message = Add a message
complaints-status-message-label = Message to the officer
complaints-status-message-hint = New facts, or an answer to the officer's question.
complaints-status-message-do = Send the message

## Inbox
complaints-inbox-title = Complaints
complaints-inbox-new = Record a complaint
complaints-inbox-more = More
complaints-inbox-view-do = Show
complaints-inbox-filters = Quick filters
complaints-inbox-due = Due
complaints-inbox-complaint = Complaint
complaints-inbox-channel = Channel
complaints-inbox-service = Service
complaints-inbox-assignee = Responsible
complaints-inbox-status = Status
complaints-inbox-nobody = Nobody yet

## Handling
complaints-case-text = The complaint
complaints-case-facts = Details
complaints-case-history = History
complaints-case-answer = Answer
complaints-case-answer-label = Answer to the citizen
complaints-case-answer-hint = Say what has been done and what comes next. Avoid office abbreviations.
complaints-case-answer-do = Send the answer
complaints-case-note-do = Keep the note
complaints-case-assign = Assign
complaints-case-assign-to = To
complaints-case-assign-note = Note for them
complaints-case-assign-do = Pass on
complaints-case-reporter = Complainant
complaints-case-reveal = Show identity
complaints-case-links = Action plan
complaints-case-links-none = Not linked to an action item yet.
complaints-case-links-to = Link with
complaints-case-links-do = Link
complaints-case-links-new = Make a new action item from this complaint

## Form
complaints-new-due = Sent now, it is answered by { $at } at the latest.
complaints-new-for-unit = For { $unit }.
complaints-new-privacy-note = These two choices are independent: pick one, both, or none. Whatever you choose, your name is never shown to the public.
complaints-field-unit = Office
complaints-field-service-none = Not sure, or something else
complaints-field-subject = Subject
complaints-field-subject-hint = One short sentence, for example: ID card not ready after three weeks.
complaints-field-anonymous = Anonymous: hide my name and contact
complaints-field-anonymous-hint = The division that handles it does not see who you are. Only a complaint officer can look, with a reason, and that is recorded.
complaints-field-confidential = Confidential: limit who reads it
complaints-field-confidential-hint = Only complaint officers and those assigned read it. Heads and supervisors see only that it exists and when it is due.
complaints-sees-head = Heads and supervisors
complaints-sees-head-text = Yes, unless you choose confidential
complaints-not-given = Not given
complaints-units-title = Which office is the complaint for?
complaints-units-lead = Choose the office that served you.

## Privacy choices
complaints-privacy-open = Open to those who handle it
complaints-privacy-open-meaning = name and words are seen by complaint officers and the division that handles it; the name is never shown to the public.
complaints-privacy-open-sees = Your name and contact are seen only by complaint officers and the division that handles it, and each look is recorded.
complaints-privacy-anonymous = Anonymous
complaints-privacy-anonymous-meaning = name and contact are not seen by the division that handles it; only complaint officers can look, with a recorded reason.
complaints-privacy-anonymous-sees = You chose anonymous: the division that handles it does not see your name. A complaint officer can look only with a reason, and that is recorded.
complaints-privacy-confidential = Confidential
complaints-privacy-confidential-meaning = words and name are seen only by complaint officers and those assigned, and are never shown to the public.
complaints-privacy-confidential-sees = You chose confidential: words and name are seen only by complaint officers and those assigned.
complaints-privacy-both = Anonymous and confidential
complaints-privacy-both-meaning = the words are seen only by complaint officers and those assigned; only complaint officers can look at the name, with a recorded reason.
complaints-privacy-both-sees = You chose anonymous and confidential: only complaint officers and those assigned read it, and only complaint officers can look at your name, with a recorded reason.
complaints-privacy-nameless-sees = You gave no name or contact. The words are seen by complaint officers and the division that handles it.
complaints-privacy-nameless-confidential-sees = You gave no name or contact, and chose confidential: the words are seen only by complaint officers and those assigned.
complaints-flag-anonymous = Anonymous
complaints-flag-confidential = Confidential
complaints-check-too-many = This complaint has not been sent. Many complaints have come from the internet network you are using within the last hour; this is not your fault. Your words stay on this page: wait { $minutes } minutes and send again, or tell us by telephone, WhatsApp or at the counter (see Contact the office below).
complaints-check-too-many-unit = This complaint has not been sent. Very many complaints have come in for this office within the last hour; this is not your fault. Your words stay on this page: wait { $minutes } minutes and send again, or tell us by telephone, WhatsApp or at the counter (see Contact the office below).
complaints-check-due = It is answered by { $at } at the latest.
complaints-told-mail = We write to { $address } when it is received and when it is answered.
complaints-told-nobody = You gave no e-mail: follow it with the number and the secret code.

## Receipt
complaints-due-title = Answered by { $at } at the latest
complaints-due-note = { $days } working days; the day of receipt is not counted. Source: { $source }.
complaints-due-note-unset = { $days } working days; the day of receipt is not counted. This is the default of the system: this office has not set a limit of its own.
complaints-day-due = { $reason }, until { $at }
complaints-pdf-title = Receipt of { $called } { $number }
complaints-pdf-heading = RECEIPT: { $voice }
complaints-pdf-code-note = Do not give it to anybody. With number and code its way is followed without an account.
complaints-pdf-qr = Scan to see the status
complaints-pdf-received = Received
complaints-pdf-day = day { $n }
complaints-pdf-day-skipped = not counted
complaints-pdf-next-1 = An officer checks your { $called } and passes it on to the division in charge.
complaints-pdf-next-2 = Every change is shown on the status page; you can add messages there.
complaints-pdf-next-3 = { $kind ->
    [praise] The reply of the office is shown on the status page. There is nothing else you need to do.
   *[other] After the answer you say whether it helped. If not, the { $called } is reopened.
 }
complaints-pdf-address = Address
complaints-pdf-free = Free of charge. If you are not satisfied you can turn to the Ombudsman or SP4N-LAPOR!.

## Track
complaints-track-wrong-code = This code is not known. Check the 16 digits on your receipt, or add the number of the complaint.
complaints-track-wrong = This number and code do not match. Check both on your receipt, or leave the number out.
complaints-track-again = Enter number and secret code to open the complaint's page.

## Status page
complaints-helped-yes = Yes, this helped
complaints-helped-yes-hint = The { $called } is closed.
complaints-helped-no = It did not help
complaints-helped-no-hint = The { $called } is reopened. Say below what is still missing.
complaints-status-leave = Leave this page on a shared computer
complaints-left = The status page is closed in this browser.
complaints-message-sent = Your message has been sent to the officer.
complaints-closed-thanks = Thank you. Your { $called } is closed.
complaints-rated-waits = This has been opened again and waits for a new answer from the office. What you told us is recorded below; there is no need to send it again.
complaints-rated-closed = This is closed. What you told us is recorded below; there is no need to send it again.
complaints-rated-ended = This no longer waits for your word. Where it stands now is written below.
complaints-takes-no-message = This { $called } has come to its end ({ $status }), so it takes no more messages. If there is something more to say, send it as a new one and give this number.
complaints-not-withdrawn = This { $called } need not be withdrawn any more: it is now "{ $status }".
complaints-reopened = Your { $called } is reopened. Its new deadline is below.
complaints-who-you = You
complaints-who-citizen = Citizen
complaints-who-office = Office
complaints-headline-received = Your { $voice } has been received
complaints-headline-incomplete = Your { $voice } needs something more
complaints-headline-verified = Your { $voice } has been checked
complaints-headline-assigned = Your { $voice } has been passed on
complaints-headline-in-progress = Your { $voice } is being worked on
complaints-headline-answered = Your { $voice } has been answered
complaints-headline-reopened = Your { $voice } has been reopened
complaints-headline-closed = Your { $voice } is closed
complaints-headline-rejected = Your { $voice } cannot be processed
complaints-headline-out-of-authority = Your { $voice } is not for this office
complaints-headline-withdrawn = Your { $voice } was withdrawn
complaints-explain-received = An officer will check it and pass it on to the division in charge.
complaints-explain-incomplete = Read what is asked for below, then send it as a message. Our deadline for the answer keeps running.
complaints-explain-verified = An officer has checked it and will choose the division.
complaints-explain-assigned = The division in charge has it and will answer.
complaints-explain-in-progress = The division in charge is working on it.
complaints-explain-answered = { $kind ->
    [complaint] Answered is not yet solved. Read the answer, then say whether it helped.
    [praise] The office has replied to your praise. There is nothing you need to do.
   *[other] Read the answer. If something is missing, say so below.
 }
complaints-explain-reopened = The answer before did not help. The office has to answer again before the new deadline.
complaints-explain-closed = { $kind ->
    [praise] The office has replied to your praise. There is nothing more for you to do.
   *[other] Nothing more is done on this { $called }. If the problem is not solved, see below whether it can still be reopened; if not, file a new one.
 }
complaints-explain-rejected = The reason is below.
complaints-explain-out-of-authority = Below you read whom to turn to.
complaints-explain-withdrawn = This { $called } is no longer worked on. Its history is kept.

## Status, channel and history
complaint-status-received = Received
complaint-status-incomplete = Needs more
complaint-status-verified = Checked
complaint-status-assigned = Assigned
complaint-status-in-progress = In progress
complaint-status-answered = Answered
complaint-status-reopened = Reopened
complaint-status-closed = Closed
complaint-status-rejected = Rejected
complaint-status-out-of-authority = Not for this office
complaint-status-withdrawn = Withdrawn
complaint-channel-web = Website
complaint-channel-walk-in = Walk-in
complaint-channel-letter = Letter
complaint-channel-phone = Telephone
complaint-channel-whatsapp = WhatsApp
complaint-channel-email = E-mail
complaint-channel-suggestion-box = Suggestion box
complaint-channel-sp4n-lapor = SP4N-LAPOR!
complaint-channel-instagram = Instagram
complaint-channel-facebook = Facebook
complaint-channel-forum = Consultation forum
complaint-channel-other = Other
complaint-event-received = Received
complaint-event-registered = Received and recorded by an officer
complaint-event-incomplete = Something more is needed
complaint-event-verified = Checked by an officer
complaint-event-verified-rule = Sorted by an automatic rule
complaint-event-assigned = Passed on to { $division }
complaint-event-started = Work began
complaint-event-answered = Answered
complaint-event-reopened = The answer did not help, reopened
complaint-event-closed-citizen = The answer helped, closed
complaint-event-closed-office = Closed by an officer
complaint-event-closed-auto = Closed because nothing more was heard
complaint-event-rejected = Cannot be processed
complaint-event-out-of-authority = Not for this office
complaint-event-withdrawn = Withdrawn
complaint-event-message = Message from the citizen
complaint-event-noted = Internal note
complaint-event-linked = Linked to an action item
complaint-event-identity-unmasked = Anonymous identity opened
complaint-event-identity-shown = Identity looked at
complaint-event-receipt-printed = Receipt printed by an officer
complaints-chip-in-time = Answered in time
complaints-chip-out-of-time = Answered late
complaints-chip-ended = No longer running
complaints-chip-paused = Waits for the citizen

## Inbox
complaints-view-late = Late
complaints-view-today = Due today
complaints-view-soon = Due soon
complaints-view-unassigned = Unassigned
complaints-view-open = All open
complaints-view-all = All
complaints-inbox-summary-late = { $count } late
complaints-inbox-summary-today = { $count } due today
complaints-inbox-summary-soon = { $count } due soon
complaints-inbox-summary-unassigned = { $count } unassigned
complaints-inbox-summary-open = { $count } open, ordered by what is due next
complaints-inbox-summary-all = { $count } complaints
complaints-inbox-search = Number or word
complaints-hidden-subject = Confidential complaint
complaints-empty-title = No complaints here
complaints-empty-text = Complaints of citizens arrive here by themselves. What comes by counter, telephone or letter you can record.
complaints-empty-good-title = None, good
complaints-empty-good-text = There is no complaint in this view.

## Handling
complaints-case-hidden = Only complaint officers and those assigned read a confidential complaint.
complaints-case-will-happen = The answer appears on the status page, and the citizen is told if they gave an e-mail. They then say whether it helped.
complaints-case-note = Internal note
complaints-case-note-label = Note for colleagues
complaints-case-note-hint = Never seen by the citizen.
complaints-case-close = Close the complaint
complaints-case-close-note = The citizen has not responded yet. Close it when nothing more is expected.
complaints-case-close-do = Close this complaint
complaints-case-choose-division = Choose a division
complaints-case-anybody = Anybody in that division
complaints-case-choose-action = Choose an action item
complaints-case-assign-person = Person
complaints-case-assign-person-hint = Must belong to the chosen division. A confidential complaint is then read only by this person and the officers.
complaints-person-not-of-division = This person does not handle complaints in the chosen division.
complaints-case-receipt = Receipt
complaints-case-reveal-reason = Reason to show the identity
complaints-case-reveal-hint = Your reason and name are recorded and read by the head of the unit; do not write the name of the reporter. The identity is shown for 15 minutes.
complaints-fact-received = Received
complaints-reporter-unmasked = The complainant chose anonymous. You opened this identity with a recorded reason; do not pass it on.
complaints-reporter-none = The complainant gave no name or contact.
complaints-reporter-open = Only for handling this complaint. Each look is recorded.
complaints-reporter-anonymous = The complainant chose anonymous: the identity is hidden.
complaints-reporter-not-yours = The identity is only for complaint officers and those who handle it.
complaints-assigned = Passed on. Those who handle it are told.
complaints-answered = Answer sent. The citizen can read it on the status page.
complaints-noted = Note kept.
complaints-closed = Complaint closed.
complaints-unmasked = The identity is shown for 15 minutes. This is recorded.
complaints-linked = Complaint linked to the action item.

## Recording a complaint
complaints-register-title = Record a complaint
complaints-register-lead = For complaints by counter, telephone, letter or other ways. The receipt can be printed afterwards.
complaints-register-description-hint = In the complainant's own words.
complaints-register-day = Day of receipt
complaints-register-time = Time of receipt
complaints-register-time-hint = For example 09:30
complaints-register-do = Keep the complaint
complaints-register-cancel = Cancel
complaints-registered = Complaint { $number } recorded. Print the receipt for the complainant.
complaints-received-in-future = The time of receipt cannot lie in the future.
complaints-received-too-long-ago = What was received more than { $years } years ago is not recorded here any more. Check the year.

## Mails
complaint-mail-dear = Dear Sir or Madam,
complaint-mail-received-subject = { $voice } { $number } received
complaint-mail-received-text = Thank you. { $unit } has received { $called } { $number }.
complaint-mail-received-until = { $kind ->
    [praise] The office replies to your { $called } by { $due } at the latest.
   *[other] You will have an answer by { $due } at the latest.
 }
complaint-mail-received-due = You will have an answer by { $due } at the latest.
complaint-mail-track = Follow it with this number and the secret code on the receipt:
complaint-mail-why-short = For confidentiality this e-mail contains neither what was written nor the code. If it was not you who wrote to the office, please ignore it.
complaint-mail-answered-subject = { $voice } { $number } answered
complaint-mail-answered-text = { $unit } has answered { $called } { $number }.
complaint-mail-answered-say = { $kind ->
    [complaint] Please read the answer and tell us whether it settles the matter. If it does not, the complaint is reopened.
    [praise] You can read it on the status page. There is nothing you need to do.
   *[other] Please read the answer. If something is missing, say so on that page.
 }
complaint-mail-assigned-subject = Complaint { $number } is assigned to you
complaint-mail-assigned-text = Complaint { $number } has been passed on to { $division }.
complaint-mail-assigned-away = It comes to you because you stand in for { $name }, who is away.
complaint-mail-assigned-about = Subject: { $subject }
complaint-mail-assigned-open = Open the complaint:
rule-complaint-transition = { $status ->
    [received] This step is not possible yet: the complaint has only been received. Verify it, hand it to a division or answer it first.
    [verified] This step is not possible yet: the complaint has been verified. Hand it to a division or answer it first.
    [assigned] This step is not possible yet: a division has the complaint. Answer it first.
    [in_progress] This step is not possible yet: the complaint is being worked on. Answer it first.
    [reopened] This step is not possible yet: the complaint was reopened and waits for an answer. Answer it first.
    [answered] This complaint is answered and waits for the citizen. To add an answer, reopen it first.
    [closed] This complaint is closed. To work on it, reopen it first.
    [rejected] This complaint was rejected or merged. To work on it, reopen it first.
    [withdrawn] This complaint was withdrawn. To work on it, reopen it first.
    [out_of_authority] This complaint was forwarded because another body is responsible. To work on it, reopen it first.
    [incomplete] This complaint waits for something from the citizen. What you can do: verify it, hand it to a division, or answer it with what there is.
   *[other] This step is not possible in the present state of the complaint. Load the page again to see what is.
}

## Kinds and classes
complaints-field-kind = What would you like to tell us?
complaint-kind-complaint = Complaint
complaint-kind-complaint-hint = Something does not work as it should.
complaint-kind-aspiration = Suggestion
complaint-kind-aspiration-hint = A proposal or a wish for better service.
complaint-kind-information-request = Request for information
complaint-kind-information-request-hint = A question about services, requirements or data.
complaint-kind-praise = Praise
complaint-kind-praise-hint = Thanks to a colleague or a service.
complaints-fact-class = Resolution class
complaint-class-information-request = Request for information
complaint-class-not-supervisory = Without supervision
complaint-class-supervisory = With supervision

## Handling: moves
complaint-status-merged = Merged
complaint-event-completed = Completed by the citizen
complaint-event-asked = Question of the office
complaint-event-merged = Handled together with { $main }
complaint-event-answered-with-main = Answered together with { $main }
complaint-event-took-in = { $number } was merged into this one
complaint-event-taken-up = Taken up again by the office
complaint-event-forwarded = Not for this office, forwarded to { $body }
complaint-event-withdrawn-office = Withdrawn at the citizen's wish, noted by the office
complaint-event-related = Linked with { $number }
complaint-event-unrelated = Link with { $number } removed
complaint-event-split = A part became { $number }
complaint-event-split-from = Was a part of { $number }
complaint-event-attached = Files added
complaints-case-moves = Moves
complaints-move-periksa-title = Verify: it can be worked on
complaints-move-periksa-note = The words are clear and this office is responsible. Assigning and answering note this by themselves.
complaints-move-periksa-do = Note it as verified
complaints-move-mulai-title = Start working on it
complaints-move-mulai-note = The citizen sees that somebody is working on it.
complaints-move-mulai-do = Start
complaints-move-lengkapi-title = Ask for what is missing
complaints-move-lengkapi-note = The complaint waits for the citizen. Their next message brings it back.
complaints-move-lengkapi-do = Ask the citizen
complaints-move-tutup-title = Close the complaint
complaints-move-tutup-note = The citizen has not reacted to the answer. Close it when nothing more is expected.
complaints-move-tutup-do = Close this complaint
complaints-move-buka-lagi-title = Take it up again
complaints-move-buka-lagi-note = For what was closed, refused, forwarded, withdrawn or merged by mistake. A new deadline runs from now and the citizen is told.
complaints-move-buka-lagi-do = Take it up again
complaints-move-tanya-title = Ask the citizen without waiting
complaints-move-tanya-note = The question stands on the status page. The time to answer keeps running.
complaints-move-tanya-do = Send the question
complaints-move-tolak-title = Reject or merge
complaints-move-tolak-note = The citizen is told of a refusal at once. What is the same as another complaint is merged: both are shown first, then you decide. Taking it up again undoes it.
complaints-move-tolak-do = Reject, or look at the merge first
complaints-move-alihkan-title = Not for this office: forward
complaints-move-alihkan-note = The citizen is told to whom it went.
complaints-move-alihkan-do = Forward and tell the citizen
complaints-move-pisahkan-title = Split off a part
complaints-move-pisahkan-note = For two matters in one complaint. The new one has the same reporter, secret code and time of receipt; the original words do not change.
complaints-move-pisahkan-do = Make a separate complaint
complaints-move-cabut-title = Note a withdrawal
complaints-move-cabut-note = When the citizen said that they withdraw it.
complaints-move-cabut-do = Note the withdrawal
complaints-field-class-label = Resolution class
complaints-field-class-hint = Decides how long a solution may take.
complaints-class-later = Not decided yet
complaints-field-ask-text-label = What is missing?
complaints-field-ask-text-hint = The citizen reads this. Name each thing that is needed.
complaints-field-reopen-reason-label = Reason
complaints-field-reopen-reason-hint = Stands in the history, for the citizen too.
complaints-field-question-label = Question
complaints-field-question-hint = The citizen reads it on the status page.
complaints-field-reject-reason-label = Reason
complaints-field-reject-reason-hint = { "" }
complaints-reject-unclear = It cannot be understood
complaints-reject-duplicate = The same as another complaint: merge
complaints-field-reject-main-label = Merged into the complaint with number
complaints-field-reject-main-hint = Only for a merge, such as ADU-2026-000123 or 123. Similar ones stand under "Perhaps about the same thing".
complaints-field-reject-text-label = Explanation for the citizen
complaints-field-reject-text-hint = Required when it is rejected; may stay empty when it is merged.
complaints-field-forward-body-label = Forwarded to
complaints-field-forward-body-hint = Name of the body that is responsible.
complaints-field-forward-text-label = Explanation for the citizen
complaints-field-forward-text-hint = How it goes on there, its address or number.
complaints-field-split-subject-label = Subject of the new complaint
complaints-field-split-subject-hint = { "" }
complaints-field-split-description-label = The part that is split off
complaints-field-split-description-hint = Delete what does not belong to this matter.
complaints-field-split-service-label = Service
complaints-field-split-service-hint = { "" }
complaints-field-withdraw-reason-label = How did the citizen tell it?
complaints-field-withdraw-reason-hint = For example: by telephone on Monday morning.
complaints-verified = The complaint is noted as verified.
complaints-asked-completion = The citizen was asked. The complaint waits for their message.
complaints-started = The complaint is being worked on.
complaints-taken-up = The complaint was taken up again with a new deadline. The citizen is told.
complaints-rejected = Saved. The citizen is told.
complaints-forwarded = The complaint was forwarded. The citizen is told.
complaints-withdrawn = The withdrawal is noted.
complaints-withdrawn-thanks = Your { $called } is withdrawn. Its history is kept.
complaints-related = The two complaints are linked.
complaints-unrelated = The link is removed.
complaints-split = Complaint { $number } was made. The citizen is told.
complaints-asked = The question was sent.
complaints-attached = Files were added.
complaints-other-unknown = There is no complaint with this number in this office. Check the number.
complaints-other-itself = This is the same complaint. Write the number of the other one.
complaints-other-anonymised = That complaint was anonymised: none of its words are left to compare. Choose another one.
complaints-link-one-of = Give one of the two: related or action_item.
complaints-mention-unknown = { $person } cannot open this complaint. Choose a colleague from the list.
complaints-mention-none = Nobody
complaints-mention-label = Tell a colleague
complaints-mention-hint = This colleague gets a mail. Others can be named in the note by @e-mail-address.
complaints-answer-placeholder = { $placeholder } is not filled in yet. Replace it by the real words.
complaints-files-many = At most { $most } files at once.
complaints-files-title = Files
complaints-files-none = No files yet.
complaints-files-label = Add files
complaints-files-hint = Photo, PDF, DOCX or XLSX.
complaints-files-visible = The citizen may open them on the status page
complaints-files-do = Add
complaints-file-by-citizen = from the citizen
complaints-file-for-citizen = the citizen may open it
complaints-file-inside = inside the office only
complaints-present = { $names } has this complaint open, too.
complaints-draft-do = Keep as a draft
complaints-draft-at = Draft kept { $at }. Only you see it.
complaints-draft-saved = Draft kept.
complaints-case-will-happen-merged = { $count } merged complaints get the same answer: write no name and no personal data in it. {"{nomor}"}, {"{perihal}"} and {"{nama}"} are filled in for each citizen when it is sent.
complaints-case-relatives = Related complaints
complaints-case-relatives-none = No related complaints yet.
complaints-relation-main = Handled in
complaints-relation-merged = Merged into this one
complaints-relation-related = Related
complaints-relation-part = Split off as
complaints-relation-whole = Split off from
complaints-relate-hint = Such as ADU-2026-000123, or its tail alone: 123
complaints-relate-label = Number of another complaint
complaints-relate-do = Link
complaints-unrelate-do = Remove
complaints-standard-title = Standard answers
complaints-standard-lead = Texts that are often needed. Each answer is still read and adapted before it is sent.
complaints-standard-list = Texts of this office
complaints-standard-none = No text yet. Write the first one beside.
complaints-standard-new = New text
complaints-standard-change = Change the text
complaints-standard-field-title = Title
complaints-standard-field-text = Text
complaints-standard-field-hint = Words in braces are replaced by what the complaint says.
complaints-standard-placeholders = You can use:
complaints-standard-save = Save
complaints-standard-remove = Remove
complaints-standard-added = The text is kept.
complaints-standard-changed = The text is changed.
complaints-standard-removed = The text is removed.
complaints-standard-inserted = The text is inserted. Read and adapt it before you send it.
complaints-standard-choose = Choose a text
complaints-standard-insert = Standard answer
complaints-standard-insert-do = Insert
complaints-standard-any-service = our service
complaints-standard-no-name = Sir or Madam
complaints-standard-unknown = { $placeholder } is unknown. You can use: { $known }.
complaints-standard-title-taken = Another text has this title.
complaints-headline-merged = Your { $voice } is handled together with another one
complaints-explain-merged = Several people reported the same problem, and it is handled together. The answer appears on this page too, and you are told if you gave an e-mail address.
complaints-status-dispute = Is the matter not settled?
complaints-status-dispute-note = The { $called } can be opened again until { $until }.
complaints-status-dispute-do = Open it again
complaints-status-withdraw = Withdraw the { $called }
complaints-status-withdraw-note = Nothing more is done on this { $called } then, also when it was answered. It takes effect at once and you cannot undo it yourself; if it was a mistake, contact the office. The history is kept.
complaints-status-withdraw-reason = Reason
complaints-status-withdraw-do = Withdraw this { $called }
rule-complaint-reopen-window = The time to open it again is over. Write once more and give this number.
rule-complaint-merge-confidential = The main complaint is confidential: its answer must not be read by another reporter. Link the two instead.
rule-complaint-merge-ended = The main complaint was rejected, forwarded or withdrawn and gets no answer. Choose another one or take it up again first.

## Mails with news
complaint-mail-news-asked-subject = { $voice } { $number } needs something from you
complaint-mail-news-asked-text = { $unit } needs something from you for { $called } { $number }. Read what it is and send it as a message on the status page.
complaint-mail-news-question-subject = A question about { $called } { $number }
complaint-mail-news-question-text = { $unit } has a question about { $called } { $number }. Answer it on the status page.
complaint-mail-news-rejected-subject = { $voice } { $number } cannot be worked on
complaint-mail-news-rejected-text = { $unit } cannot work on { $called } { $number }. The reason stands on the status page.
complaint-mail-news-merged-subject = { $voice } { $number } is handled together with another one
complaint-mail-news-merged-text = { $unit } handles the matter of { $called } { $number } together with other complaints about the same thing. You will still get the answer.
complaint-mail-news-forwarded-subject = { $voice } { $number } was forwarded
complaint-mail-news-forwarded-text = { $unit } is not responsible for { $called } { $number }. The status page says to whom it went.
complaint-mail-news-withdrawn-subject = { $voice } { $number } is withdrawn
complaint-mail-news-withdrawn-text = At your wish { $unit } noted { $called } { $number } as withdrawn. If this is a mistake, please contact the office.
complaint-mail-news-taken-up-subject = { $voice } { $number } was taken up again
complaint-mail-news-taken-up-text = { $unit } has reopened { $called } { $number }. The answer is due by { $due }.
complaint-mail-news-split-subject = New { $called } { $number } from yours
complaint-mail-news-split-text = { $unit } made { $called } { $number } from a part of yours, so that each matter is answered. Its secret code is that of the first one.
complaint-mail-notice-mentioned-subject = { $by } mentions you on complaint { $number }
complaint-mail-notice-mentioned-text = { $by } mentions you in a note on complaint { $number }.
complaint-mail-notice-completed-subject = Complaint { $number } was completed
complaint-mail-notice-completed-text = The citizen answered what was asked about complaint { $number }. Look at it and go on.
complaint-mail-notice-wrote-subject = A message on complaint { $number }
complaint-mail-notice-wrote-text = { $files ->
    [0] The citizen wrote { $messages ->
        [1] a message
       *[other] { $messages } messages
    } on complaint { $number }.
   *[other] { $messages ->
        [0] The citizen added { $files ->
            [1] a file
           *[other] { $files } files
        } to complaint { $number }.
       *[other] The citizen wrote { $messages ->
            [1] a message
           *[other] { $messages } messages
        } and added { $files ->
            [1] a file
           *[other] { $files } files
        } on complaint { $number }.
    }
}
complaint-mail-notice-disputed-subject = The answer to complaint { $number } did not help
complaint-mail-notice-disputed-text = The citizen says that the answer to complaint { $number } did not help. It is open again with a new deadline.
complaint-mail-notice-withdrawn-subject = Complaint { $number } was withdrawn
complaint-mail-notice-withdrawn-text = The citizen withdrew complaint { $number }. Nothing more is to be done.

## Several at once
complaints-bulk-choose = Choose
complaints-bulk-all = All on this page
complaints-bulk-lead = For those chosen:
complaints-bulk-assign = Assign all
complaints-bulk-answer = Answer all
complaints-bulk-close = Close all
complaints-bulk-many = At most { $most } complaints at once.
complaints-bulk-none = Choose at least one complaint first.
complaints-bulk-one-unit = Choose complaints of one office only.
complaints-bulk-summary = { $possible } will be done, { $rest } stay as they are.
complaints-bulk-assign-title = Assign several
complaints-bulk-answer-title = Answer several
complaints-bulk-close-title = Close several
complaints-bulk-assign-do = Pass on { $count } complaints
complaints-bulk-answer-do = Send the answer to { $count } complaints
complaints-bulk-close-do = Close { $count } complaints
complaints-bulk-assign-will = Passed on
complaints-bulk-answer-will = Answered
complaints-bulk-close-will = Closed
complaints-bulk-stays = Stays
complaints-bulk-gone = You cannot see it any more: it was handed to another division or made confidential.
complaints-bulk-changed = Since this preview was opened, { $numbers } went out of your sight. Nothing was done yet: look at the others below and send it once more.
complaints-bulk-will = What will happen
complaints-bulk-nothing = Nothing can be done with any of these now. The reason stands beside each.
complaints-bulk-back = Back to the list
complaints-bulk-answer-hint = Every citizen gets the same text: write no personal data in it. {"{nomor}"}, {"{perihal}"}, {"{nama}"}, {"{layanan}"}, {"{bidang}"}, {"{kantor}"}, {"{tanggal_diterima}"} and {"{batas_waktu}"} are filled in for each citizen when it is sent; one whose name is hidden is addressed as Bapak/Ibu.
complaints-bulk-progress = { $done } of { $total } done
complaints-bulk-reload = Refresh
complaints-bulk-whole = Everything is done.
complaints-bulk-before = You have done this before.
complaints-bulk-before-count = { $count } of them you had sent or done before this order. Nothing was done twice.
complaints-bulk-other-words = You have answered this before in other words; the new text was not sent. If it is still needed, open the complaint again and send it.
complaints-bulk-refused = These stay as they were
complaints-fact-kind = Kind
complaints-other-meant = Do you mean { $number }: "{ $subject }" ({ $status })? If so, write the whole number.
complaints-other-meant-through = Do you mean { $named }, which is itself merged into { $number }: "{ $subject }" ({ $status })? If so, write the whole number.
complaints-reject-into-closed = The main complaint is closed and gets no further answer. Merge it by the merge itself (API: `merge`) and choose what this citizen is answered.
