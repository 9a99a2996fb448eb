# The two clocks of complaints, extension, warnings, morning mail, closing.
clock-title = Deadlines
clock-respond = First answer
clock-resolve = Solution
clock-stage = Stage: { $status }
clock-until = By { $at }
clock-source = { $days } working days. Source: { $source }.
clock-kept = The calendar would now give an earlier date; the date that the citizen was told stays.
clock-days = Day by day
clock-paused = Waiting for the citizen
clock-in-time = In time
clock-out-of-time = After the deadline
clock-ended = Ended
clock-stage-since = In this step since { $at }. This is the count of the office and does not change the deadline above.
clock-stage-since-reopened = In this state since { $at }. The citizen was told this deadline when the complaint was opened again.
clock-stage-verify = To be checked by { $at }
clock-stage-dispose = To be handed to a division by { $at }
clock-stage-start = To be started by { $at }
clock-stage-respond = To be answered by { $at }
clock-stage-complete = Waiting for the citizen until { $at }
clock-stage-auto-close = Closed if nothing is heard by { $at }
clock-stage-resolve = To be settled by { $at }
clock-stage-reopen = Can be reopened until { $at }
clock-stage-extend = Extended until { $at }
clock-moves = Changes of the deadline
clock-moved = Now { $due }: { $reason }
complaints-due-note-extended = This includes an extension of { $days } working days.
complaint-event-deadline-moved = Deadline now { $due }
complaint-event-extended = Deadline extended to { $due }
complaint-event-escalated-division = Late: division and officers were told
complaint-event-escalated-head = Late: the head of the unit was told
complaint-event-escalated-supervisor = Late: the supervisor was told
complaints-closed-silent = Nothing was heard for { $days } working days after the answer.
complaints-view-tomorrow = Due next working day
complaints-inbox-summary-tomorrow = { $count } complaints are due on the next working day: after it they are late if nobody answers them
complaints-view-day-after = Due in two working days
complaints-inbox-summary-day-after = { $count } complaints are due in two working days

## For citizens
clock-citizen-title = What comes next, and when
clock-citizen-auto-close = { $kind ->
    [praise] This { $called } is closed on { $at }. There is nothing you need to do.
   *[other] If we hear nothing from you until { $at }, this { $called } is closed. Until { $until } you can say that the answer did not help; the { $called } is then reopened.
 }
clock-citizen-complete = We wait until { $at } for what is still missing from you.
clock-citizen-still-owed = Our own deadline for an answer does not move with it: { $at }.
clock-citizen-again = Your { $called } was reopened. The next answer is due by { $at }.
clock-citizen-late = We are late with the answer. This { $called } comes first now.
clock-citizen-resolve = Everything is to be settled by { $at }.

## Extension
clock-extend-link = Extend the deadline
clock-extend-title = Extend the deadline
clock-extend-lead = The citizen is told the new date and the reason at once. An extension is possible once, and only before it is late.
clock-extend-now = Deadline now: { $at }.
clock-extend-days = Additional working days
clock-extend-most = At most { $days }. Source: { $source }.
clock-extend-reason = Reason for the citizen
clock-extend-reason-hint = Write it so that the citizen understands why the answer needs more time.
clock-extend-do = Extend and tell the citizen
clock-extended = The deadline is extended. The citizen is told.
rule-complaint-extend-answered = A deadline can be extended only while the complaint is being handled and was never answered.
rule-complaint-extended-before = The deadline of this complaint was extended before. That is possible once.
rule-complaint-extend-late = This complaint is late already. An extension does not undo that; answer as soon as you can.

## Holidays
shell-nav-calendar = Holidays
deadlines-holidays-title = Holidays
deadlines-holidays-lead = National holidays and collective leave by joint decree. Deadlines are counted by this list.
deadlines-holidays-of = Holidays of { $year }
deadlines-holidays-none = No holidays are known for this year yet. Deadlines that fall into it are estimates.
deadlines-years = Years
deadlines-estimated = estimated
deadlines-withdraw = Withdraw
deadlines-change = Change a holiday
deadlines-change-note = Open deadlines are counted again at once. Those that become later move, with an entry in their history and a mail to their owners. Those that would become earlier stay as citizens were told.
deadlines-change-do = Save and count again
deadlines-field-action = Change
deadlines-action-add = Add a holiday
deadlines-action-withdraw = Withdraw a holiday
deadlines-field-date = Date
deadlines-field-name = Name of the holiday
deadlines-field-name-hint = Not needed when one is withdrawn.
deadlines-field-category = Kind
deadlines-category-national-holiday = National holiday
deadlines-category-collective-leave = Collective leave
deadlines-field-decree = Decree
deadlines-field-decree-hint = For example SKB 933 Tahun 2025
deadlines-field-reason = Reason
deadlines-field-reason-hint = It is kept in the history.
deadlines-changes = What was changed
deadlines-changes-none = This list was never changed.
deadlines-changed-add = Added: { $name }, { $date }
deadlines-changed-withdraw = Withdrawn: { $name }, { $date }
deadlines-moved = { $count ->
    [0] No deadline moved
    [one] { $count } deadline moved
   *[other] { $count } deadlines moved
}
deadlines-holiday-changed = { $count ->
    [0] The holiday is saved. No deadline moved.
    [one] The holiday is saved. { $count } deadline moved; its owners are told.
   *[other] The holiday is saved. { $count } deadlines moved; their owners are told.
}
deadlines-cause-add = { $date } became a holiday: { $name } ({ $decree }).
deadlines-cause-withdraw = { $date } is no holiday any more: { $name } ({ $decree }).
deadlines-cause-own-several = Days or hours of the office changed several times.
deadlines-cause-several = Several holidays changed.
deadlines-days = { $from } to { $to }
deadlines-cause-closed = Office closed { $days }: { $reason }
deadlines-cause-reopened = Closure of the office { $days } taken back: { $reason }
deadlines-cause-leave-on = The office works on collective leave: { $reason }
deadlines-cause-leave-off = The office does not work on collective leave: { $reason }
deadlines-cause-hours = Office hours changed: { $reason }
deadlines-closure-order = The last day cannot be before the first.
deadlines-closure-long = At most { $most } days. Check the dates.
rule-calendar-already-closed = Some of these days are closed already ({ $days }). Take that back first, or choose other days.
rule-calendar-not-closed = This closure was taken back already. Reload the page to see the present list.
office-days-title = Days and hours of the unit
office-days-lead = Days on which the unit alone is closed, work on collective leave, and office hours. Deadlines are counted with them. What is late already stays late.
office-days-change = Set days and hours
office-days-see = See days and hours
office-days-units = Units
office-days-closures = Closed days
office-days-closures-none = No closed days are kept.
office-days-from = Closed from
office-days-to = Until and including
office-days-reason = Reason
office-days-close-reason-hint = Read by citizens whose deadline moves. For example: flood, election day, regional anniversary.
office-days-close-do = Keep closed days
office-days-reopen = Take back
office-days-reopen-do = Take the closure back
office-days-hours = Office hours
office-days-hours-note = Leave both empty on days when the office is closed. Deadlines end at closing time.
office-days-hours-reason-hint = For example the number of the decree that says so.
office-days-opens = Opens
office-days-closes = Closes
office-days-closed = Closed
office-days-time = Write a time such as 07:30, or leave both times empty.
office-days-time-order = Closing must come after opening.
office-days-never-open = Give the hours of at least one day: without a working day there is no deadline.
office-days-one-at-a-time = Send one of them: the office hours (hours) or work on collective leave (work_collective_leave).
office-days-leave = Collective leave
office-days-leave-label = Does this unit work on collective leave?
office-days-leave-note = If it does, collective leave counts as working days for complaints that are received from then on.
office-days-leave-yes = Yes, it works on collective leave
office-days-leave-no = No, it is closed on collective leave
office-days-changed = { $count ->
    [0] Saved. No deadline moved.
   *[other] Saved. { $count } deadlines moved; their owners and citizens are told.
}
office-days-changes-none = Never changed.
rule-calendar-already-a-holiday = This date is already a holiday of that kind.
rule-calendar-not-a-holiday = This date is no holiday of that kind. Check date and kind.

## Deadlines of a unit
deadlines-policy-title = Deadlines
deadlines-policy-lead = Within how many working days each step is done, and where the number comes from. A complaint keeps the numbers it was received under.
deadlines-valid-from-past = Today at the earliest: what was received before keeps its numbers.
deadlines-valid-from-far = It can begin at most a year from now. Check the year.
policy-units = Units
policy-set-unit = The unit's own standard
policy-set-unit-hint = An answer by this unit's own service standard.
policy-set-seed = Answer within 2 working days
policy-set-seed-hint = Rembuk's default, as in most service standards for complaints.
policy-set-or-days = Choose one: the code of a known set in set, or numbers of your own in days.
policy-set-sp4n-steps = SP4N-LAPOR: steps 3, 5, 10
policy-set-sp4n-steps-hint = Checked within 3, answered within 5, closed 10 working days after the answer.
policy-set-sp4n-classes = SP4N-LAPOR: by class 5, 14, 60
policy-set-sp4n-classes-hint = Information requests 5, complaints 14, supervisory matters 60 working days.
policy-since = In force since { $date }
policy-from = Will hold from { $date }
policy-planned = The numbers to come
policy-since-always = Default
policy-col-step = Step
policy-col-days = Time
policy-col-source = Source
policy-days = { $days ->
    [one] { $days } working day
   *[other] { $days } working days
}
policy-step-verify = Checked
policy-step-dispose = Handed to a division
policy-step-start = Started
policy-step-complete = Waiting for what the citizen owes
policy-step-respond = Answered
policy-step-resolve = Settled
policy-step-auto-close = Closed without reply, after the answer
policy-step-reopen = Can be reopened, after the answer
policy-step-extend = Extension at most
policy-class-information-request = information request
policy-class-not-supervisory = not supervisory
policy-class-supervisory = supervisory
policy-certainty-verified = read in the primary text
policy-certainty-secondary = from a secondary source
policy-certainty-unverified = not verified
policy-after-hours-same-day = The day of receipt is not counted, whatever the hour
policy-after-hours-next-working-day = After hours counts as received on the next working day
policy-due-end-close-of-office = The last day ends when the office closes
policy-due-end-end-of-day = The last day ends at 23:59
policy-choose = Choose deadlines
policy-choose-note = They hold for what is received from that date on. Earlier choices stay in the history.
policy-field-set = Set
policy-field-after-hours = Received after hours
policy-field-due-end = End of the last day
policy-field-valid-from = In force from
policy-field-valid-from-hint = Today or later.
policy-field-reason-hint = For example the decree behind it.
policy-choose-do = Set
policy-chosen = The deadlines are set.
policy-own-title = Write numbers of your own
policy-own-lead = In working days. A number that is not changed keeps the place it comes from; one that is changed comes from what you name below. It holds for what is received from that day on; what was received before keeps its own.
policy-own-every-kind = For every kind
policy-own-source-title = Source, and from when
policy-own-source = Where the changed numbers come from
policy-own-source-hint = For instance a decision of the head: number, date and part.
policy-own-certainty = How sure that is
policy-own-longer-than-answer = Longer than the quickest answer. This step comes before the answer.
policy-own-reopen-before-closing = It has to be longer than the silent closing: what was closed by silence can still be opened again.
policy-own-solved-before-answer = A solution cannot be due before the answer of the same kind.
policy-own-changed = While you were typing, somebody saved a newer choice. What you typed is still below and not saved: look at the numbers as they are now, then save again if yours are to hold.
policy-own-unchanged = No number differs from what is in force. Change a number, or go back without saving.
policy-withdrawn = That choice was withdrawn. What held before goes on.
policy-withdrawn-before = Withdrawn before it began on { $date }
policy-withdrawn-because = Why it was withdrawn: { $reason }
policy-withdraw = Withdraw before it begins
policy-withdraw-reason = Why it is withdrawn
policy-withdraw-do = Withdraw this choice
rule-calendar-policy-withdrawn = This choice was withdrawn already.
rule-calendar-policy-in-force = This choice holds already: complaints were promised an answer by it. Choose another one for the days to come.
policy-history = History

## Mails
clock-mail-warning-subject = Complaint { $number }: { $left }
clock-mail-warning-late-subject = Complaint { $number } is late
clock-mail-warning-text = { $percent }% of the time to answer { $called } { $number } is over; { $left }.
clock-mail-warning-late-text = The deadline to answer { $called } { $number } has passed ({ $left }). Answer now, even in part.
clock-mail-nobody = This complaint has not been handed to any division.
clock-mail-was-due = It was due { $due }.
clock-mail-escalated-subject = Complaint { $number } { $late }
clock-mail-escalated-text = Complaint { $number } of { $unit } has no answer and is { $late }.
clock-mail-escalated-why = You get this mail because late complaints are passed up: division, head of the unit, supervisor.
clock-mail-moved-subject = { $count } deadlines of complaints moved
clock-mail-moved-text = { $count } of your deadlines became later. { $reason }
clock-mail-moved-row = from { $before } to { $after }
clock-mail-kept-subject = { $count } deadlines of complaints stay as they were told
clock-mail-kept-text = { $count } of your deadlines stay as they were told. { $reason }
clock-mail-kept-note = A date that citizens were told is not made earlier.
clock-mail-moved-note = Citizens see the new date and the reason on their status page.
clock-mail-extended-subject = { $voice } { $number }: the answer needs more time
clock-mail-extended-text = { $unit } needs more time to answer { $called } { $number }. You get the answer by { $due }.
clock-mail-extended-say = The reason stands on the status page.
clock-mail-closing-subject = { $voice } { $number } will be closed
clock-mail-closing-text = { $unit } has answered { $called } { $number } and has not heard from you. If that stays so, it is closed on { $on }.
clock-mail-closing-say = It did not help? Say so on the status page; the { $called } is reopened.
complaint-digest-subject = Complaints { $day }: { $late } late, { $today } due today
complaint-digest-hello = Dear { $name },
complaint-digest-lead = Complaints of { $unit } that need attention, { $day }:
complaint-digest-unassigned = Not handed to a division
complaint-digest-late = Late
complaint-digest-today = Due today
complaint-digest-tomorrow = Due on the next working day
complaint-digest-due = { $at } ({ $left })
complaint-digest-also = { $count } that nobody has yet, in the first list
complaint-digest-more = and { $count } more
complaint-digest-open = All open complaints:
complaint-digest-why = This mail goes out once every working day when the office opens, and only if there is something to do.
