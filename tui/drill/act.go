package drill

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
)

// speeds are what the keys go through.
var speeds = [...]int{1, 2, 5, 10, 20, 60}

// The conditions of the facilitator's actions: each says why it does not apply, or "".

func (s *Screen) noClock() string {
	if s.Inc.Closed != nil {
		return "The drill is closed."
	}
	return s.noScenario()
}

func (s *Screen) noScenario() string {
	if s.played.scenario == nil {
		return "The scenario is not read."
	}
	return s.Cannot()
}

func (s *Screen) noDelivery() string {
	p := s.chosen()
	switch {
	case s.noClock() != "":
		return s.noClock()
	case p == nil:
		return "Choose an inject first."
	case p.Delivery != nil:
		return "It is delivered; " + s.UI.KeyOf("drill.repeat") + " repeats it."
	case s.played.queue.OnItsWay(p.ID):
		return "It is on its way."
	}
	return ""
}

func (s *Screen) noHold() string {
	if why := s.noDelivery(); why != "" {
		return why
	}
	if s.chosen().Status == state.InjectWasSkipped {
		return "It is skipped; it can be delivered all the same."
	}
	return ""
}

func (s *Screen) noRepeat() string {
	at := s.At()
	switch {
	case s.noClock() != "":
		return s.noClock()
	case at.Kind == adHocRow:
		return "It was made on the spot: add it once more."
	case at.Kind != injectRow || s.Inc.Exercise.Delivery(at.ID) == nil:
		return "Choose an inject that was delivered."
	case s.played.queue.OnItsWay(at.ID):
		return "It is on its way."
	}
	return ""
}

func (s *Screen) noRating() string {
	if s.played.scenario != nil && len(s.played.scenario.Objectives) == 0 {
		return "The scenario has no objectives."
	}
	return s.noScenario()
}

// Takes is what enter would do.
func (s *Screen) Takes() string {
	switch {
	case s.At().Kind == objectiveRow && s.noRating() == "":
		return "rate"
	case s.noDelivery() == "":
		return "deliver"
	}
	return ""
}

// noTake says why enter does nothing.
func (s *Screen) noTake() string {
	if s.At().Kind == objectiveRow {
		return s.noRating()
	}
	return s.noDelivery()
}

// Take delivers the inject, or rates the objective, under the cursor.
func (s *Screen) Take() tea.Cmd {
	if s.At().Kind == objectiveRow {
		return s.rate()
	}
	return s.deliver()
}

func (s *Screen) deliver() tea.Cmd { return s.sendInject(s.chosen().Inject, false, false) }

func (s *Screen) repeat() tea.Cmd {
	return s.sendInject(s.played.scenario.Inject(s.At().ID), true, false)
}

// saysDeliver, saysRepeat and saysHold are what a letter would record at once.
func saysDeliver(s *Screen) string { return "deliver " + s.chosen().Title }

func saysRepeat(s *Screen) string {
	return "deliver " + s.played.scenario.Inject(s.At().ID).Title + " once more"
}

func saysHold(s *Screen) string { return s.holdLabel() + " " + s.chosen().Title }

// hold holds the inject back, or lets it go.
func (s *Screen) hold() tea.Cmd {
	p := s.chosen()
	s.played.queue.Forget(p.ID)
	return s.Record(state.HoldInject{Ref: s.Inc.Exercise.Ref(p.ID), Release: p.Status == state.InjectHeldBack})
}

// holdLabel is what the hold key would do now.
func (s *Screen) holdLabel() string {
	if p := s.chosen(); p != nil && p.Status == state.InjectHeldBack {
		return "release"
	}
	return "hold"
}

func (s *Screen) skip() tea.Cmd {
	p := s.chosen()
	return s.ask(incident.TypedAction{
		Title: "Skip: " + p.Title, About: "It is not delivered. The reason stands in the log, which players may read: do not give the inject away.", Verb: "skip", Now: true,
		Fields: func() []*kit.Field { return []*kit.Field{{ID: "why", Label: "Why?", Required: true}} },
		Command: func(v map[string]string) state.Command {
			return state.SkipInject{Ref: s.Inc.Exercise.Ref(p.ID), Why: v["why"]}
		},
	})
}

// ask opens a prompt of the facilitator's. What is done to the exercise is done now and at no
// other time; what is said of it may have been seen before.
func (s *Screen) ask(t incident.TypedAction) tea.Cmd {
	t.Title = "EXERCISE: " + t.Title
	return s.Ask(t)
}

// run starts the exercise clock, lets it stand, or lets it go on.
func (s *Screen) run() tea.Cmd {
	do := state.ExerciseResume
	switch x := &s.Inc.Exercise; {
	case !x.Started():
		do = state.ExerciseStart
	case x.Now().Running:
		do = state.ExercisePause
	}
	return s.Record(state.SetExercise{Do: do})
}

// runLabel is what run would do now.
func (s *Screen) runLabel() string {
	switch x := &s.Inc.Exercise; {
	case !x.Started():
		return "start"
	case x.Now().Running:
		return "pause"
	}
	return "resume"
}

func (s *Screen) faster() tea.Cmd {
	now := s.Inc.Exercise.Now().Speed
	for _, speed := range speeds {
		if speed > now {
			return s.Record(state.SetExercise{Do: state.ExerciseSpeed, Speed: speed})
		}
	}
	s.UI.Say("It runs as fast as it can.")
	return nil
}

func (s *Screen) slower() tea.Cmd {
	now := s.Inc.Exercise.Now().Speed
	for i := len(speeds) - 1; i >= 0; i-- {
		if speeds[i] < now {
			return s.Record(state.SetExercise{Do: state.ExerciseSpeed, Speed: speeds[i]})
		}
	}
	s.UI.Say("It does not run slower than time.")
	return nil
}

func (s *Screen) jump() tea.Cmd {
	to := &kit.Field{ID: "to", Label: "Exercise time", Required: true, Hint: "+0:30", Check: func(text string) string {
		if _, err := runbooks.ParseExerciseTime(text); err != nil {
			return err.Error()
		}
		return ""
	}}
	return s.ask(incident.TypedAction{
		Title: "Set the exercise clock", Verb: "jump", Now: true,
		About:  "While the clock runs, everything that is due by then is delivered at once: hold or skip what is not to come.",
		Fields: func() []*kit.Field { return []*kit.Field{to} },
		Command: func(v map[string]string) state.Command {
			at, _ := runbooks.ParseExerciseTime(v["to"]) // the field's own check has said so
			return state.SetExercise{Do: state.ExerciseJump, To: at}
		},
	})
}

// toNext puts the cursor on what comes next.
func (s *Screen) toNext() tea.Cmd {
	s.Refresh()
	if p := s.next(); p != nil {
		s.OnText = false
		s.Visit(incident.Row{Kind: injectRow, ID: p.ID})
	}
	return nil
}

// improvise delivers an inject that no scenario has.
func (s *Screen) improvise() tea.Cmd {
	to := &kit.Field{ID: "to", Label: "To", Kind: kit.ChoiceField, Choices: []kit.Choice{{Value: runbooks.Everybody, Title: "all"}}}
	for i := range s.Inc.Roles {
		r := &s.Inc.Roles[i]
		to.Choices = append(to.Choices, kit.Choice{Value: r.Def.ID, Title: r.Def.Title + " (" + kit.Person(r.Person) + ")"})
	}
	return s.ask(incident.TypedAction{
		Title: "A message on the spot", About: "It is delivered at once.", Verb: "deliver", Now: true,
		Values: map[string]string{"from": "Exercise control", "via": "message"},
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "text", Label: "Text", Kind: kit.NoteField, Required: true},
				to,
				{ID: "via", Label: "Via", Required: true, Hint: "phone, mail, in person"},
				{ID: "from", Label: "From", Required: true},
				{ID: "world", Label: "What checks show from now on", Hint: "optional: website=down: HTTP 502; mail=up", Check: func(text string) string {
					_, wrong := parseWorld(s.Inc, text)
					return wrong
				}},
			}
		},
		Command: func(v map[string]string) state.Command {
			world, _ := parseWorld(s.Inc, v["world"]) // the field's own check has said what is wrong
			return state.AddInject{From: v["from"], To: v["to"], Via: v["via"], Text: v["text"], World: world}
		},
	})
}

// parseWorld reads SERVICE=WHAT IS SEEN, several of them behind semicolons, and says
// what is wrong with it.
func parseWorld(inc *state.Incident, text string) (world map[string]string, wrong string) {
	for _, part := range strings.Split(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		id, seen, ok := strings.Cut(part, "=")
		id, seen = strings.TrimSpace(id), strings.TrimSpace(seen)
		if !ok || inc.Service(id) == nil {
			return nil, "Write SERVICE=up, or SERVICE=down: what is seen. The services are " + strings.Join(serviceIDs(inc), ", ") + "."
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

func serviceIDs(inc *state.Incident) []string {
	ids := make([]string, len(inc.Services))
	for i := range inc.Services {
		ids[i] = inc.Services[i].ID
	}
	return ids
}

// objectives is the field that asks for an objective; none, if not "", is what stands
// for no objective.
func (s *Screen) objectives(none string) *kit.Field {
	f := &kit.Field{ID: "objective", Label: "Objective", Kind: kit.ChoiceField}
	if none != "" {
		f.Choices = append(f.Choices, kit.Choice{Value: "", Title: none})
	}
	for _, o := range s.played.scenario.Objectives {
		f.Choices = append(f.Choices, kit.Choice{Value: o.ID, Title: o.Title})
	}
	return f
}

// about is the objective that the cursor is on, or that the inject under it is for.
func (s *Screen) about() string {
	if at := s.At(); at.Kind == objectiveRow {
		return at.ID
	}
	if p := s.chosen(); p != nil {
		return p.Objective
	}
	return ""
}

// rate says how well an objective was met.
func (s *Screen) rate() tea.Cmd {
	values := map[string]string{"objective": s.about()}
	if rated := s.Inc.Exercise.RatingBy(values["objective"], s.UI.Person); rated != nil {
		values["rating"], values["note"] = string(rated.Rating), rated.Note
	}
	return s.ask(incident.TypedAction{
		Title: "Rate an objective", About: "Of each person the last rating counts; those of several stand side by side.", Verb: "rate", Values: values,
		Fields: func() []*kit.Field {
			ratings := &kit.Field{ID: "rating", Label: "How well was it met?", Kind: kit.ChoiceField}
			for _, r := range state.Ratings() {
				ratings.Choices = append(ratings.Choices, kit.Choice{Value: string(r), Title: string(r) + " " + r.Title()})
			}
			return []*kit.Field{s.objectives(""), ratings, {ID: "note", Label: "Why", Kind: kit.NoteField, Hint: "what shows it"}}
		},
		Command: func(v map[string]string) state.Command {
			title := ""
			if o := s.played.scenario.Objective(v["objective"]); o != nil {
				title = o.Title
			}
			return state.RateObjective{Objective: v["objective"], Title: title, Rating: state.Rating(v["rating"]), Note: v["note"]}
		},
	})
}

// observe notes what the facilitator saw.
func (s *Screen) observe() tea.Cmd {
	return s.ask(incident.TypedAction{
		Title: "An observation, for the report", Verb: "save", Values: map[string]string{"objective": s.about()},
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "text", Label: "What you saw", Kind: kit.NoteField, Required: true},
				{ID: "mark", Label: "It is", Kind: kit.ChoiceField, Choices: []kit.Choice{{Value: string(state.Strength), Title: "a strength"}, {Value: string(state.Improve), Title: "to improve"}}},
				s.objectives("none"),
			}
		},
		Command: func(v map[string]string) state.Command {
			return state.AddObservation{Text: strings.TrimSpace(v["text"]), Mark: state.Mark(v["mark"]), Objective: v["objective"]}
		},
	})
}
