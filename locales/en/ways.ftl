# Ways in: channels, taking down by officers, suggestion boxes, lists of SP4N-LAPOR!, messages over other channels.
shell-nav-channels = Channels
ways-save = Save
ways-channels-title = Complaint channels
ways-channels-lead = How people reach the office. What is active is made known to the public; what is shut cannot be chosen for anything new.
ways-channels-public = See as the public does
ways-channels-empty = No channels yet
ways-channels-empty-note = Fill in from the contacts that are known, then correct them one by one.
ways-channels-fill = Fill in from the office's contacts
ways-channels-many = This register holds at most { $most } channels.
ways-channel-twin = A channel of this kind and name is there already. Change that one, or choose another name.
ways-channel-add = Add a channel
ways-channel-add-do = Add
ways-channel-kind = Kind
ways-channel-name = Name
ways-channel-name-hint = As people know it, for example: suggestion box in the main lobby.
ways-channel-contact = Contact or place
ways-channel-contact-hint = Number, e-mail address, account name, or where it stands.
ways-channel-responsible = Person in charge
ways-channel-responsible-hint = Name or office. Made known to the public (UU 25/2009 article 36).
ways-channel-note = Notes
ways-channel-note-hint = For example hours of service, or when the box is opened.
ways-channel-active = Active
ways-channel-active-hint = Not ticked: not made known, and cannot be chosen. Earlier records stay.
ways-channel-state = State
ways-channel-on = Active
ways-channel-off = Shut
ways-channel-saved = The channels are saved.
ways-channel-web-stays = The form of this site cannot be shut: it is the way that is left when others are shut.
ways-channel-shut = This channel is shut or not known. Choose another, or ask the unit's administrator to open it.
rule-complaint-channel-shut = This channel is shut in the register of channels. Ask the unit's administrator to open it first.
ways-public-title = Ways to complain
ways-public-lead = Choose the easiest way to reach { $unit }.
ways-public-none = The register of channels is empty so far.
ways-public-same = Whichever way it comes, a complaint gets a number, the same due date for the answer, and costs nothing.
ways-public-responsible = In charge: { $who }
ways-public-other = Other ways: come, call or write

ways-entry-what = What is said
ways-entry-subject-hint = Leave it empty: the first words are taken.
ways-entry-service-hint = Type a part of its name.
ways-entry-category-hint = Its questions may be left out where the citizen did not say.
ways-entry-questions = Show what this category asks
ways-entry-other-questions = What was answered belonged to other questions and was not taken along. Show and answer those of this category, or leave them out.
ways-entry-email-hint = The complainant gets news here.
ways-entry-anonymous = Anonymous: name and contact of the complainant are hidden
ways-entry-confidential = Confidential: only those who handle it read it
ways-entry-clock = The due date counts from the receipt, not from the typing. A time in the past may be given.
ways-entry-more = Letter, proxy, e-mail and kind
ways-entry-next = Save, take down the next
ways-entry-open = Save, open the case
ways-entry-keys = Keyboard: Ctrl+Enter saves and opens the next form; Ctrl+Shift+Enter saves and opens the case. Alt+C prints the last form, Alt+K attaches its identity card or power of attorney (in Firefox: Alt+Shift).
ways-entry-saved = Complaint { $number } is recorded.
ways-entry-due = To be answered by { $at }.
ways-entry-print = Form to sign
ways-entry-receipt = Receipt
ways-entry-restricted = Identity card, proxy
ways-service-unknown = This service is not known. Choose one of the suggestions, or leave it empty.
ways-service-several = Several services fit. Type more of the name, or choose one of the suggestions.
ways-received-long-ago = Received { $days } days ago: is that right? If so, save once more; if not, correct the date.
ways-letter-after-receipt = The letter is dated after the day of receipt. Check both.
ways-field-address = Address
ways-field-letter-number = Letter number
ways-field-letter-date = Date of the letter
ways-field-letter-date-hint = As written on the letter. The due date still counts from its receipt.
ways-field-represented = Represented by
ways-field-represented-hint = Name of the proxy. The power of attorney is attached as a restricted file.

ways-form-title = Complaint Form { $number }
ways-form-heading = COMPLAINT FORM
ways-form-number = Number { $number }
ways-form-place-time = Place and time of the event
ways-form-loss = Loss suffered
ways-form-settlement = Settlement asked for
ways-form-rights = Rights of the complainant
ways-form-right-free = A complaint costs nothing.
ways-form-right-due = It is answered by { $at }. { $why }
ways-form-right-withdraw = The complainant may add information, ask how it goes on, or withdraw the complaint.
ways-form-right-ombudsman = Without an answer, or with one that does not satisfy, the complainant may turn to the Ombudsman of the Republic of Indonesia.
ways-form-closing = The complainant states that the above is true and agrees that it is recorded as a complaint.
ways-form-complainant = Complainant,
ways-form-officer = Officer,
ways-form-name-hidden = Kept secret at the complainant's request
ways-form-kept = This sheet stays with the office and holds personal data; it is not for publication.
ways-form-cut = Cut here. The part below is for the complainant.
ways-form-slip-number = Complaint number
ways-form-slip-code = Secret code
ways-form-slip-due = Answered by
ways-form-slip-alt = QR code leading to the complaint's status page

ways-beside-title = How it came in
ways-name-there = { $channel }
ways-restricted-title = Restricted files
ways-restricted-lead = Copies of identity cards and powers of attorney are sealed, kept apart from attachments, and opened only by complaint officers with a reason that is recorded.
ways-restricted-count =
    { $count ->
        [0] Attach identity card or proxy
        [one] 1 restricted file
       *[other] { $count } restricted files
    }
ways-restricted-kept = Kept
ways-restricted-reason = Reason for opening
ways-restricted-reason-hint = Recorded with your name in the case's history.
ways-restricted-open = Open
ways-restricted-add = Add a file
ways-restricted-add-do = Seal and keep
ways-restricted-added = The file is sealed and kept.
ways-restricted-kind = What it is
ways-restricted-identity-card = Copy of identity card
ways-restricted-power-of-attorney = Power of attorney
ways-restricted-file = Scan or photo
ways-restricted-file-hint = JPEG, PNG, WebP or PDF.
complaint-event-imported = Received from SP4N-LAPOR!
complaint-event-restricted-added = Restricted file added
complaint-event-restricted-opened = Restricted file opened
complaint-event-original-opened = Original opened
complaint-event-sp4n-changed = Changed at SP4N-LAPOR!

ways-incoming-title = Take down a message
ways-incoming-lead = For what the complainant says by telephone, letter or social media after the complaint was recorded. The message also shows on the complainant's status page.
ways-incoming-text = Message
ways-incoming-id = Number of the message on that channel
ways-incoming-id-hint = If it has one. A message of the same number is recorded once.
ways-incoming-original = Original
ways-incoming-original-hint = Copy it as it is when the text above is shortened. Sealed; complaint officers open it with a reason.
ways-incoming-do = Take down
ways-correct-title = Correct the day of receipt
ways-correct-lead = The deadline is counted anew from the right day. The reason is recorded, and the citizen can read it.
ways-correct-reason = Reason
ways-correct-reason-hint = For example: the year was mistyped. No names.
ways-correct-do = Correct
ways-correct-done = The day of receipt is corrected and the deadline counted anew.
rule-complaint-receipt-counted = The day of receipt cannot be corrected any more: this complaint came over the web form, is answered, or its deadline was changed.
complaint-event-receipt-corrected = Day of receipt corrected
ways-incoming-day = Told on
ways-incoming-before = This day is before the complaint was received.
ways-incoming-kept = The message is recorded.
ways-incoming-known = A message of this number is recorded already. Nothing was added.
ways-originals-title = Originals
ways-originals-lead = As they came in; they may hold names. Opening them is recorded.
ways-originals-do = Open the originals

ways-box-title = Suggestion boxes
ways-box-lead = Each opening of a box is recorded with its witnesses and the number of sheets; each sheet becomes a case received on the day of the opening.
ways-box-new = Record the opening of a box
ways-box-new-do = Begin with the sheets
ways-box-day = Day of opening
ways-box-time = Time
ways-box-place = Where the box stands
ways-box-place-hint = For example: suggestion box in the main lobby.
ways-box-witnesses = Witnesses
ways-box-witnesses-hint = One name a line.
ways-box-witnesses-many = Give at most { $most } names, none longer than 120 letters.
ways-box-counted = Sheets found
ways-box-counted-hint = Count before you begin; 0 for an empty box.
ways-box-none = No opening of a box is recorded yet.
ways-box-opened = Opened
ways-box-entered = Sheets entered
ways-box-open = Being entered
ways-box-closed = Closed
ways-box-progress = { $entered } of { $counted } sheets
ways-box-of = Suggestion box, { $at }
ways-box-record = Record (berita acara)
ways-box-sheet = Sheet { $n }
ways-box-sheet-of = Sheet { $sheet } of a suggestion box
ways-box-text = What the sheet says
ways-box-text-hint = Write it as it is, short ones too.
ways-box-enter = Save, next sheet
ways-box-keys = Keyboard: Ctrl+Enter saves and opens the next sheet. Two people may enter the same box at once.
ways-box-sheet-saved = Saved as { $number }.
ways-box-sheets = Latest sheets
ways-box-sheets-none = No sheets yet.
ways-box-column-sheet = Sheet
ways-box-more = and { $count } sheets before; all of them stand in the record
ways-box-scans = Scans of the sheets
ways-box-scans-none = No scans yet.
ways-box-scans-add = Add scans
ways-box-scans-do = Attach
ways-box-scanned = The scans are attached.
ways-box-close = Close this opening
ways-box-close-do = Close
ways-box-close-equal = The numbers agree; this opening can be closed.
ways-box-close-unequal = The numbers do not agree. Go on entering, or close with a reason.
ways-box-reason = Reason if the numbers differ
ways-box-reason-hint = For example: one sheet is empty.
ways-box-unexplained = { $entered } of { $counted } sheets are entered. Enter the rest, or write why not.
ways-box-unexplained-more = { $entered } sheets are entered, but { $counted } were counted. Say why.
ways-subject-anonymous = Complaint of an anonymous reporter
ways-box-closed-now = The opening is closed.
ways-box-all-entered = Every sheet is entered.
rule-box-closed = This opening is closed. Record sheets that were left behind as a new opening.
ways-box-record-title = Record of Opening a Suggestion Box, { $day }
ways-box-record-heading = RECORD OF OPENING A SUGGESTION BOX
ways-box-record-lead = On this day, { $words }, the suggestion box ({ $place }) was opened before those who sign below.
ways-box-record-day = Day, date
ways-box-record-time = Time
ways-box-record-sheets = { $count } sheets
ways-box-record-table = Sheets recorded
ways-box-record-column-sheet = Sheet
ways-box-record-reason = The number recorded differs from the number found because: { $reason }
ways-box-record-open = The sheets were not all recorded when this was printed.
ways-box-record-closing = This record was made truthfully.
ways-box-record-witness = Witness { $n },
ways-box-record-note = What each sheet says is recorded as a complaint under the number above. The sheets stay with the office.
ways-box-record-numbered = NUMBER { $number }
ways-box-record-draft = Draft: not numbered and not registered yet.
ways-box-record-first = The record gets its number once this opening is closed. What is printed before that is a draft.
ways-box-record-why = With its number the record enters the register of documents, and everybody can verify that it is genuine. After that it does not change any more.
ways-box-record-number = Number of the record
ways-box-record-hint = From the office's register of letters.
ways-box-record-hint-pattern = From the office's register of letters; the running number is enough. The pattern of this office: { $pattern }
ways-box-record-hint-next = From the office's register of letters; the running number is enough. After the last one: { $next }
ways-box-record-issue = Issue the record
ways-box-record-issued = The record was issued and registered.
ways-box-record-verify = Page that verifies it
rule-box-not-closed = Close this opening first, then issue its record.
documents-kind-record = Record of the opening of a suggestion box

ways-sp4n-title = SP4N-LAPOR! lists
ways-sp4n-lead = Reports of SP4N-LAPOR! are taken in at once from an Excel or CSV list, with their tracking ID and disposition.
ways-sp4n-upload = Choose a list
ways-sp4n-twice = The same list may be handed in again: a report that is there already is not recorded twice, and changes are shown.
ways-sp4n-history = Taken in before
ways-sp4n-history-none = No list was taken in yet.
ways-sp4n-when = When and by whom
ways-sp4n-result = Result
ways-sp4n-told = { $stored } new, { $known } there already ({ $changed } updated), { $faulty } left out
ways-sp4n-columns-note = Guessed from the headings. Correct what is wrong; your choice is remembered for the next list.
ways-sp4n-columns-unknown = The headings are not known. Columns for tracking ID, date and report are needed; or hand the list in once on the page of SP4N-LAPOR! lists and choose the columns there.
ways-sp4n-unreadable = Choose the columns of tracking ID, date of receipt and report, then read again.
ways-sp4n-part-tracking-id = Tracking ID
ways-sp4n-part-received = Date the unit got it (disposition)
ways-sp4n-part-reported = Date of the report at SP4N-LAPOR!
ways-sp4n-counts = Deadlines count from the disposition to the unit: by the guidelines of SP4N-LAPOR!, the first 3 working days are for verifying and forwarding, and only then the institution’s time runs. The date of the report is kept by itself; a list with one date counts from that one.
ways-sp4n-reported-on = Written { $at }
ways-sp4n-fault-order = The date of the report is after that of its disposition. Check whether the two columns are confused.
ways-sp4n-reported = Written at SP4N-LAPOR!
ways-sp4n-part-description = Report
ways-sp4n-part-subject = Title
ways-sp4n-part-status = Status at SP4N-LAPOR!
ways-sp4n-part-disposition = Disposition
ways-sp4n-part-kind = Classification
ways-sp4n-part-service = Service
ways-sp4n-part-name = Name of the reporter
ways-sp4n-part-privacy = Anonymous or confidential
ways-sp4n-old = { $count } new reports were received more than 30 days ago (rows { $rows }). Check the year: those cases are late at once.
ways-sp4n-new =
    { $count ->
        [one] 1 new report
       *[other] { $count } new reports
    }
ways-sp4n-known =
    { $count ->
        [one] 1 report is there already, unchanged.
       *[other] { $count } reports are there already, unchanged.
    }
ways-sp4n-changes =
    { $count ->
        [one] 1 report is there already and has changed
       *[other] { $count } reports are there already and have changed
    }
ways-sp4n-before = Recorded here
ways-sp4n-after = In this list
ways-sp4n-take-changes = Write down the changes below, too
ways-sp4n-confirm =
    { $count ->
        [one] Take in 1 report
       *[other] Take in { $count } reports
    }
ways-sp4n-confirm-some = Take in { $count } reports, leave out { $left } faulty rows
ways-sp4n-nothing = There is nothing to take in.
ways-sp4n-other-list = Choose another list
ways-sp4n-done = { $count } reports taken in, { $changed } updated.
ways-sp4n-status = Status at SP4N-LAPOR!
ways-sp4n-disposition = Disposition at SP4N-LAPOR!
ways-sp4n-fault-id = The tracking ID is empty or not known. Write its number, such as 7654321.
ways-sp4n-fault-date = The date cannot be read. Write it like 17/03/2026 10:05.
ways-sp4n-fault-kind = The classification "{ $shown }" is not known. Write pengaduan, aspirasi or permintaan informasi.
ways-sp4n-fault-over = Already { $status } at SP4N-LAPOR!: no answer is owed here.
ways-sp4n-fault-hidden = A hidden row is left out. Show it if it is meant to be taken in.
ways-sp4n-fault-merged = Cells merged across: a title, not a report. Split them if it is a report.
ways-sp4n-find = Find a tracking ID
ways-sp4n-find-hint = The number that the reporter has from SP4N-LAPOR!.
ways-sp4n-find-do = Open its case
ways-sp4n-heading-twice = This heading is chosen for another part already.
ways-sp4n-id-unknown = No case has this tracking ID. Check the number, or take in its list.
rule-sp4n-list-taken = { $person } took this list in at { $at }. You need not take it in again: what came of it stands below.
