# Public consultation forum (FKP).
forums-title = Forum
forums-path-label = Stages of the forum
forums-points-title = Agreed points
forums-points-number = No.
forums-points-text = Point
forums-points-source = Comes from
forums-points-action = Action plan
forums-points-no-action = None yet
forums-agenda-title = Programme
forums-agenda-time = Time
forums-agenda-item = Item
forums-agenda-who = Responsible
forums-missing-title = Still missing
forums-missing-none = This stage is complete. You can go on.
forums-groups-title = Participants by group
forums-documents-title = Documents
forums-documents-none = No documents yet. They are made from the record of the forum, never typed again.
