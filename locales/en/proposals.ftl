# Agenda proposals from complaints and actions.
proposals-lead = What this forum could discuss. A proposal that is taken becomes an item of 30 minutes before the closing, which moves back; its time and wording can be changed there.
proposals-complaints = Open complaints by service and category
proposals-complaints-none = There are no open complaints.
proposals-complaints-note = Only the number is used. Confidential complaints and names never show here.
proposals-no-service = Neither service nor category
proposals-actions = Unfinished actions
proposals-actions-none = There are no unfinished actions.
proposals-carried = Carried on from an earlier forum
proposals-count = { $count } complaints
proposals-take = Take
proposals-is-taken = On the agenda
proposals-taken = The proposal stands on the agenda, before the closing.
proposals-activity-complaints = Discussion of complaints: { $label }
proposals-activity-complaints-other = Discussion of complaints
proposals-activity-action = Follow-up of the action: { $label }
