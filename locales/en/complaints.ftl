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
complaints-sees-public-text = Only how many there are
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
complaints-receipt-received = Complaint received
complaints-receipt-title = Keep this number and code
complaints-receipt-keep = Print, photograph or save both. The code is never sent by mail; without it an anonymous complaint cannot be tracked.
complaints-receipt-pdf = Download the receipt
complaints-receipt-copy = Copy the code
complaints-receipt-next = The way of your complaint
complaints-receipt-told = News and confidentiality
complaints-receipt-track = Open the tracking page

## Track
complaints-track-title = Track a complaint
complaints-track-lead = The number and the secret code are on your receipt.
complaints-track-number-hint = For example ADU-2026-000123
complaints-track-code-hint = Sixteen digits, with or without spaces.
complaints-track-do = Show the complaint
complaints-track-lost = Lost the number or the code?
complaints-track-lost-text = If you gave a phone number or e-mail, an officer can help after making sure that it is you. Nobody can recover the code of an anonymous complaint.
complaints-track-lost-link = Contact the office

## Status page
complaints-status-answer = Answer
complaints-status-helped = Did this answer help?
complaints-status-helped-note = Answered is not yet solved. If it helped, the complaint is closed; if not, it is reopened with a new deadline.
complaints-status-helped-label = Your view
complaints-status-helped-do = Send
complaints-status-reason = What is still missing?
complaints-status-reason-hint = Fill this in if the answer did not help.
complaints-status-promises = What we are doing because of it
complaints-status-words = What you wrote
complaints-status-journey = The way of your complaint
complaints-status-message = Add a message
complaints-status-message-label = Message to the officer
complaints-status-message-hint = New facts, or an answer to the officer's question.
complaints-status-message-do = Send the message

## Inbox
complaints-inbox-title = Complaints
complaints-inbox-new = Record a complaint
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
complaints-check-due = It is answered by { $at } at the latest.
complaints-told-mail = We write to { $address } when it is received and when it is answered.
complaints-told-nobody = You gave no e-mail: follow it with the number and the secret code.

## Receipt
complaints-due-title = Answered by { $at } at the latest
complaints-due-note = { $days } working days; the day of receipt is day 0. Source: { $source }.
complaints-due-note-unset = { $days } working days; the day of receipt is day 0. This is the default of the system: this office has not set a limit of its own.
complaints-day-due = { $reason }, until { $at }
complaints-pdf-title = Complaint receipt { $number }
complaints-pdf-heading = COMPLAINT RECEIPT
complaints-pdf-code-note = Do not give it to anybody. With number and code the complaint is tracked without an account.
complaints-pdf-qr = Scan to see the status
complaints-pdf-received = Received
complaints-pdf-day = day { $n }
complaints-pdf-day-skipped = not counted
complaints-pdf-next-1 = An officer checks the complaint and passes it on to the division in charge.
complaints-pdf-next-2 = Every change is shown on the status page; you can add messages there.
complaints-pdf-next-3 = After the answer you say whether it helped. If not, the complaint is reopened.
complaints-pdf-address = Address
complaints-pdf-free = Free of charge. If you are not satisfied you can turn to the Ombudsman or SP4N-LAPOR!.

## Track
complaints-track-wrong = This number and code do not match. Check both on your receipt.
complaints-track-again = Enter number and secret code to open the complaint's page.

## Status page
complaints-helped-yes = Yes, this helped
complaints-helped-yes-hint = The complaint is closed.
complaints-helped-no = It did not help
complaints-helped-no-hint = The complaint is reopened. Say below what is still missing.
complaints-status-leave = Leave this page on a shared computer
complaints-left = The complaint's page is closed in this browser.
complaints-message-sent = Your message has been sent to the officer.
complaints-closed-thanks = Thank you. The complaint is closed.
complaints-reopened = The complaint is reopened. Its new deadline is below.
complaints-who-you = You
complaints-who-citizen = Citizen
complaints-who-office = Office
complaints-headline-received = Your complaint has been received
complaints-headline-incomplete = Your complaint needs something more
complaints-headline-verified = Your complaint has been checked
complaints-headline-assigned = Your complaint has been passed on
complaints-headline-in-progress = Your complaint is being worked on
complaints-headline-answered = Your complaint has been answered
complaints-headline-reopened = Your complaint has been reopened
complaints-headline-closed = Your complaint is closed
complaints-headline-rejected = Your complaint cannot be processed
complaints-headline-out-of-authority = Your complaint is not for this office
complaints-headline-withdrawn = Your complaint was withdrawn
complaints-explain-received = An officer will check it and pass it on to the division in charge.
complaints-explain-incomplete = Read below what is asked for and send it as a message. The time to answer waits for you.
complaints-explain-verified = An officer has checked it and will choose the division.
complaints-explain-assigned = The division in charge has it and will answer.
complaints-explain-in-progress = The division in charge is working on it.
complaints-explain-answered = Answered is not yet solved. Read the answer, then say whether it helped.
complaints-explain-reopened = The answer before did not help. The office has to answer again before the new deadline.
complaints-explain-closed = Nothing more is done on this complaint. If the problem comes back, make a new complaint.
complaints-explain-rejected = The reason is below.
complaints-explain-out-of-authority = Below you read whom to turn to.
complaints-explain-withdrawn = This complaint is no longer worked on. Its history is kept.

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
complaints-inbox-any-status = Any status
complaints-inbox-any-division = Any division
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
complaints-case-reveal-hint = The reason and your name are recorded. The identity is shown for 15 minutes.
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

## Mails
complaint-mail-dear = Dear Sir or Madam,
complaint-mail-received-subject = Complaint { $number } received
complaint-mail-received-text = Thank you. { $unit } has received complaint { $number }.
complaint-mail-received-due = You will have an answer by { $due } at the latest.
complaint-mail-track = Follow it with this number and the secret code on the receipt:
complaint-mail-why-short = For confidentiality this e-mail contains neither the complaint nor its code. If you did not complain, please ignore it.
complaint-mail-answered-subject = Complaint { $number } answered
complaint-mail-answered-text = { $unit } has answered complaint { $number }.
complaint-mail-answered-say = Please read the answer and tell us whether it settles the matter. If it does not, the complaint is reopened.
complaint-mail-assigned-subject = Complaint { $number } is assigned to you
complaint-mail-assigned-text = Complaint { $number } has been passed on to { $division }.
complaint-mail-assigned-about = Subject: { $subject }
complaint-mail-assigned-open = Open the complaint:
rule-complaint-transition = { $status ->
    [answered] This complaint is already answered and waits for the citizen.
    [closed] This complaint is closed.
    [rejected] This complaint was rejected.
    [withdrawn] This complaint was withdrawn.
    [out_of_authority] This complaint is not for this office and has ended.
    [incomplete] This complaint waits for something more. Assign it first when it is complete.
   *[other] This step is not possible in the present state of the complaint.
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
