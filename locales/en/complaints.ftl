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
complaints-field-happened-on = When did it happen?
complaints-field-happened-on-hint = A rough date will do.
complaints-field-place = Where?
complaints-field-place-hint = For example: counter 3, the website, or the name of the village.
complaints-field-wish = What would you like to happen?
complaints-field-wish-hint = For example: the document finished, an apology, or a written explanation.
complaints-field-files = Photos or files
complaints-field-name = Name
complaints-field-phone = WhatsApp or phone number
complaints-field-phone-hint = We send news to this number at every change.
complaints-field-email = E-mail
complaints-field-email-hint = News is also sent to this address.
complaints-field-privacy = Your name
complaints-field-privacy-hint = Whatever you choose, your name is never shown to the public.
complaints-sees-title = Who sees what
complaints-sees-who = Who
complaints-sees-text = The complaint
complaints-sees-name = Name and contact
complaints-sees-officer = Complaint officer
complaints-sees-officer-name = Yes, unless you choose anonymous
complaints-sees-handler = Division that handles it
complaints-sees-handler-name = Only if you choose open
complaints-sees-public = The public
complaints-sees-public-text = Only numbers and a summary without names
complaints-sees-yes = Yes
complaints-sees-never = Never
complaints-sees-logged = Each time an officer opens your name, that is recorded.

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
complaints-receipt-keep = The secret code is shown only once, here. Print, photograph or save it; without the code an anonymous complaint cannot be tracked.
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
complaints-status-helped-note = Answered is not yet solved. If it did not help, the complaint is reopened. You can say so until { $until }.
complaints-status-helped-label = Your view
complaints-status-helped-do = Send
complaints-status-reason = What is still missing?
complaints-status-reason-hint = Fill this in if the answer did not help.
complaints-status-promises = What we are doing because of it
complaints-status-journey = The way of your complaint
complaints-status-message = Add a message
complaints-status-message-label = Message to the officer
complaints-status-message-hint = New facts, an answer to the officer's question, or more files.
complaints-status-message-do = Send the message
complaints-status-withdraw = Withdraw the complaint
complaints-status-withdraw-question = The complaint is withdrawn and no longer worked on. Its history is kept. Withdraw it now?

## Inbox
complaints-inbox-title = Complaints
complaints-inbox-new = Record a complaint
complaints-inbox-export = Download the list
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
complaints-case-wish = Wished for:
complaints-case-facts = Details
complaints-case-history = History
complaints-case-answer = Respond
complaints-case-template = Answer template
complaints-case-template-hint = If you have written something yourself, your own text is used.
complaints-case-answer-label = Your text
complaints-case-answer-hint = Say what has been done and what comes next. Avoid office abbreviations.
complaints-case-answer-do = Send the answer
complaints-case-note-do = Keep as an internal note
complaints-case-ask-do = Ask for what is missing
complaints-case-assign = Assign
complaints-case-assign-to = To
complaints-case-assign-note = Note for them
complaints-case-assign-do = Pass on
complaints-case-reporter = Complainant
complaints-case-reveal = Show identity (recorded)
complaints-case-reveal-question = Showing the identity is recorded under your name. Show it now?
complaints-case-links = Issue and action plan
complaints-case-links-none = Not linked yet. A complaint without a link does not become material for the forum.
complaints-case-links-to = Link with
complaints-case-links-do = Link
