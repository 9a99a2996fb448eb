# The public home page.
home-title = What should we put right?
home-door-new = Make a complaint
home-door-new-note = About two minutes. Your name can stay confidential.
home-door-track = Track a complaint
home-door-track-note = With its number and secret code.
home-door-survey = Answer the survey
home-door-survey-note = Nine questions, one minute, no name.
home-door-promises = See our promises
home-door-promises-note = What was agreed at the forum, and how far it has come.
home-units-title = Choose a service unit
home-units-note = A complaint arrives sooner when it goes straight to the unit that serves you.
home-kpi-title = Complaints lately
home-promises-title = Promises being worked on
home-promises-all = All promises
home-promises-none = No promise is being worked on yet. Promises come from the forum and from your complaints.
home-forum-title = Next forum
home-forum-all = All forums
home-lead-days = { $days ->
    [one] No account needed. Answered within { $days } working day{ $other }, and you can see what we do because of it.
   *[other] No account needed. Answered within { $days } working days{ $other }, and you can see what we do because of it.
}
home-lead-any = No account needed. You know by when you are answered, and can see what we do because of it.
home-kpi-on-time = answered in time
home-kpi-days = working days on average
home-kpi-answered = complaints answered
home-kpi-note = { $from }–{ $to }, of { $count } complaints by all channels.
