package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
)

// speeds are what the keys go through.
var speeds = [...]int{1, 2, 5, 10, 20, 60}

// The conditions of the facilitator's actions: each says why it does not apply, or "".

func (s *drillScreen) noClock() string {
	if s.inc.Closed != nil {
		return "The drill is closed."
	}
	return s.noScenario()
}

func (s *drillScreen) noScenario() string {
	if s.played.scenario == nil {
		return "The scenario is not read."
	}
	return s.cannot()
}

func (s *drillScreen) noDelivery() string {
	p := s.chosen()
	switch {
	case s.noClock() != "":
		return s.noClock()
	case p == nil:
		return "Choose an inject first."
	case p.Delivery != nil:
		return "It is delivered; " + s.ui.KeyOf("drill.repeat") + " repeats it."
	case s.played.sending[p.ID]:
		return "It is on its way."
	}
	return ""
}

func (s *drillScreen) noHold() string {
	if why := s.noDelivery(); why != "" {
		return why
	}
	if s.chosen().Status == state.InjectWasSkipped {
		return "It is skipped; it can be delivered all the same."
	}
	return ""
}

func (s *drillScreen) noRepeat() string {
	at := s.at()
	switch {
	case s.noClock() != "":
		return s.noClock()
	case at.kind == adHocRow:
		return "It was made on the spot: add it once more."
	case at.kind != injectRow || s.inc.Exercise.Delivery(at.id) == nil:
		return "Choose an inject that was delivered."
	case s.played.sending[at.id]:
		return "It is on its way."
	}
	return ""
}

func (s *drillScreen) noRating() string {
	if s.played.scenario != nil && len(s.played.scenario.Objectives) == 0 {
		return "The scenario has no objectives."
	}
	return s.noScenario()
}

// takes is what enter would do.
func (s *drillScreen) Takes() string {
	switch {
	case s.at().kind == objectiveRow && s.noRating() == "":
		return "rate"
	case s.noDelivery() == "":
		return "deliver"
	}
	return ""
}

// noTake says why enter does nothing.
func (s *drillScreen) noTake() string {
	if s.at().kind == objectiveRow {
		return s.noRating()
	}
	return s.noDelivery()
}

// take delivers the inject, or rates the objective, under the cursor.
func (s *drillScreen) Take() tea.Cmd {
	if s.at().kind == objectiveRow {
		return s.rate()
	}
	return s.deliver()
}

func (s *drillScreen) deliver() tea.Cmd { return s.sendInject(s.chosen().Inject, false, false) }

func (s *drillScreen) repeat() tea.Cmd {
	return s.sendInject(s.played.scenario.Inject(s.at().id), true, false)
}

// hold holds the inject back, or lets it go.
func (s *drillScreen) hold() tea.Cmd {
	p := s.chosen()
	delete(s.played.failed, p.ID)
	return s.record(state.HoldInject{Ref: s.inc.Ref(p.ID), Release: p.Status == state.InjectHeldBack})
}

// holdLabel is what the hold key would do now.
func (s *drillScreen) holdLabel() string {
	if p := s.chosen(); p != nil && p.Status == state.InjectHeldBack {
		return "release"
	}
	return "hold"
}

func (s *drillScreen) skip() tea.Cmd {
	p := s.chosen()
	return s.ui.Show(s.prompt(typedAction{
		title: "Skip: " + p.Title, about: "It is not delivered. The reason stands in the log, which players may read: do not give the inject away.", verb: "skip",
		fields:  func() []*field { return []*field{{id: "why", label: "Why?", required: true}} },
		command: func(v map[string]string) state.Command { return state.SkipInject{Ref: s.inc.Ref(p.ID), Why: v["why"]} },
	}))
}

// prompt is a prompt of the facilitator's, who acts now and at no other time.
func (s *drillScreen) prompt(t typedAction) *prompt {
	return newPrompt(s.ui, "EXERCISE: "+t.title, t.about, t.verb, t.fields(), t.values, func(v map[string]string) (string, tea.Cmd) {
		again := t
		again.values = v
		return "", s.do(&saving{action: state.Action{Command: t.command(v)}, again: func() Dialog { return s.prompt(again) }})
	})
}

// run starts the exercise clock, lets it stand, or lets it go on.
func (s *drillScreen) run() tea.Cmd {
	do := state.ExerciseResume
	switch x := &s.inc.Exercise; {
	case !x.Started():
		do = state.ExerciseStart
	case x.Now().Running:
		do = state.ExercisePause
	}
	return s.record(state.SetExercise{Do: do})
}

// runLabel is what run would do now.
func (s *drillScreen) runLabel() string {
	switch x := &s.inc.Exercise; {
	case !x.Started():
		return "start"
	case x.Now().Running:
		return "pause"
	}
	return "resume"
}

func (s *drillScreen) faster() tea.Cmd {
	now := s.inc.Exercise.Now().Speed
	for _, speed := range speeds {
		if speed > now {
			return s.record(state.SetExercise{Do: state.ExerciseSpeed, Speed: speed})
		}
	}
	s.ui.Say("It runs as fast as it can.")
	return nil
}

func (s *drillScreen) slower() tea.Cmd {
	now := s.inc.Exercise.Now().Speed
	for i := len(speeds) - 1; i >= 0; i-- {
		if speeds[i] < now {
			return s.record(state.SetExercise{Do: state.ExerciseSpeed, Speed: speeds[i]})
		}
	}
	s.ui.Say("It does not run slower than time.")
	return nil
}

func (s *drillScreen) jump() tea.Cmd {
	to := &field{id: "to", label: "Exercise time", required: true, hint: "+0:30", check: func(text string) string {
		if _, err := runbooks.ParseExerciseTime(text); err != nil {
			return err.Error()
		}
		return ""
	}}
	return s.ui.Show(s.prompt(typedAction{
		title: "Set the exercise clock", verb: "jump",
		about:  "While the clock runs, everything that is due by then is delivered at once: hold or skip what is not to come.",
		fields: func() []*field { return []*field{to} },
		command: func(v map[string]string) state.Command {
			at, _ := runbooks.ParseExerciseTime(v["to"]) // the field's own check has said so
			return state.SetExercise{Do: state.ExerciseJump, To: at}
		},
	}))
}

// toNext puts the cursor on what comes next.
func (s *drillScreen) toNext() tea.Cmd {
	s.refresh()
	if p := s.next(); p != nil {
		s.onText = false
		s.goTo(boardRow{kind: injectRow, id: p.ID})
	}
	return nil
}

// improvise delivers an inject that no scenario has.
func (s *drillScreen) improvise() tea.Cmd {
	to := &field{id: "to", label: "To", kind: choiceField, choices: []choice{{runbooks.Everybody, "all"}}}
	for i := range s.inc.Roles {
		r := &s.inc.Roles[i]
		to.choices = append(to.choices, choice{r.Def.ID, r.Def.Title + " (" + person(r.Person) + ")"})
	}
	return s.ui.Show(s.prompt(typedAction{
		title: "A message on the spot", about: "It is delivered at once.", verb: "deliver",
		values: map[string]string{"from": "Exercise control", "via": "message"},
		fields: func() []*field {
			return []*field{
				{id: "text", label: "Text", kind: noteField, required: true},
				to,
				{id: "via", label: "Via", required: true, hint: "phone, mail, in person"},
				{id: "from", label: "From", required: true},
				{id: "world", label: "What checks show from now on", hint: "optional: website=down: HTTP 502; mail=up", check: func(text string) string {
					_, wrong := s.parseWorld(text)
					return wrong
				}},
			}
		},
		command: func(v map[string]string) state.Command {
			world, _ := s.parseWorld(v["world"]) // the field's own check has said what is wrong
			return state.AddInject{From: v["from"], To: v["to"], Via: v["via"], Text: v["text"], World: world}
		},
	}))
}

// parseWorld reads SERVICE=WHAT IS SEEN, several of them behind semicolons, and says
// what is wrong with it.
func (s *drillScreen) parseWorld(text string) (world map[string]string, wrong string) {
	for _, part := range strings.Split(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		id, seen, ok := strings.Cut(part, "=")
		id, seen = strings.TrimSpace(id), strings.TrimSpace(seen)
		if !ok || s.inc.Service(id) == nil {
			return nil, "Write SERVICE=up, or SERVICE=down: what is seen. The services are " + strings.Join(s.serviceIDs(), ", ") + "."
		}
		if _, err := runbooks.ParseSeen(seen); err != nil {
			return nil, err.Error()
		}
		if world == nil {
			world = map[string]string{}
		}
		world[id] = seen
	}
	return world, ""
}

func (s *drillScreen) serviceIDs() []string {
	ids := make([]string, len(s.inc.Services))
	for i := range s.inc.Services {
		ids[i] = s.inc.Services[i].ID
	}
	return ids
}

// objectives is the field that asks for an objective; none, if not "", is what stands
// for no objective.
func (s *drillScreen) objectives(none string) *field {
	f := &field{id: "objective", label: "Objective", kind: choiceField}
	if none != "" {
		f.choices = append(f.choices, choice{"", none})
	}
	for _, o := range s.played.scenario.Objectives {
		f.choices = append(f.choices, choice{o.ID, o.Title})
	}
	return f
}

// about is the objective that the cursor is on, or that the inject under it is for.
func (s *drillScreen) about() string {
	if at := s.at(); at.kind == objectiveRow {
		return at.id
	}
	if p := s.chosen(); p != nil {
		return p.Objective
	}
	return ""
}

// rate says how well an objective was met.
func (s *drillScreen) rate() tea.Cmd {
	values := map[string]string{"objective": s.about()}
	if rated := s.inc.Exercise.Rating(values["objective"]); rated != nil {
		values["rating"], values["note"] = string(rated.Rating), rated.Note
	}
	return s.ui.Show(s.prompt(typedAction{
		title: "Rate an objective", about: "The last rating of an objective counts.", verb: "rate", values: values,
		fields: func() []*field {
			ratings := &field{id: "rating", label: "How well was it met?", kind: choiceField}
			for _, r := range state.Ratings() {
				ratings.choices = append(ratings.choices, choice{string(r), string(r) + " " + r.Title()})
			}
			return []*field{s.objectives(""), ratings, {id: "note", label: "Why", kind: noteField, hint: "what shows it"}}
		},
		command: func(v map[string]string) state.Command {
			title := ""
			if o := s.played.scenario.Objective(v["objective"]); o != nil {
				title = o.Title
			}
			return state.RateObjective{Objective: v["objective"], Title: title, Rating: state.Rating(v["rating"]), Note: v["note"]}
		},
	}))
}

// observe notes what the facilitator saw.
func (s *drillScreen) observe() tea.Cmd {
	return s.ui.Show(s.prompt(typedAction{
		title: "An observation, for the report", verb: "save", values: map[string]string{"objective": s.about()},
		fields: func() []*field {
			return []*field{
				{id: "text", label: "What you saw", kind: noteField, required: true},
				{id: "mark", label: "It is", kind: choiceField, choices: []choice{{string(state.Strength), "a strength"}, {string(state.Improve), "to improve"}}},
				s.objectives("none"),
			}
		},
		command: func(v map[string]string) state.Command {
			return state.AddObservation{Text: strings.TrimSpace(v["text"]), Mark: state.Mark(v["mark"]), Objective: v["objective"]}
		},
	}))
}
