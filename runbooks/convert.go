package runbooks

// convert makes the runbook from its file and fills in the defaults. It judges
// nothing: that is lint's work.
func convert(name string, f *fileRunbook) *Runbook {
	book := &Runbook{
		Schema: or(f.Schema, Schema), ID: f.ID, Title: f.Title, Version: f.Version, Summary: f.Summary,
		Severity: Severity(orText(f.Severity, string(SEV2))), TLP: orText(f.TLP, "AMBER"), Org: f.Org,
		Tags: f.Tags, Owner: f.Owner, Reviewed: f.Reviewed, ReviewEvery: f.ReviewEvery, References: f.References, Immediate: f.Immediate,
		Roles: convertAll(f.Roles, convertRole), Services: convertAll(f.Services, convertService),
		Contacts: convertAll(f.Contacts, convertContact), Clocks: convertAll(f.Clocks, convertClock),
		Notices: convertAll(f.Notices, convertNotice), Phases: convertAll(f.Phases, convertPhase),
		Inputs: convertAll(f.Inputs, convertInput),
	}
	if book.ID == "" {
		book.ID = fileID(name)
	}
	nameSteps(book)
	return book
}

// nameSteps gives an id to every phase and step that has none.
func nameSteps(book *Runbook) {
	phases, steps := newNamer(), newNamer()
	for _, p := range book.Phases {
		phases.take(p.ID)
		for _, s := range p.Steps {
			steps.take(s.ID)
		}
	}
	for i := range book.Phases {
		p := &book.Phases[i]
		if p.ID == "" {
			p.ID = phases.name(p.Title, "phase")
		}
		for j := range p.Steps {
			if s := &p.Steps[j]; s.ID == "" {
				s.ID = steps.name(s.Title, "step")
			}
		}
	}
}

func convertInput(f *fileInput) Input {
	return Input{Ask{
		ID: f.ID, Prompt: orText(f.Prompt, f.ID), Type: AskType(orText(f.Type, string(AskText))),
		Choices: f.Choices, Default: f.Default, Required: f.Required,
	}}
}

func convertAsk(f *fileAsk) Ask {
	a := Ask{
		ID: f.ID, Prompt: orText(f.Prompt, f.ID), Type: AskType(orText(f.Type, string(AskText))),
		Choices: f.Choices, Required: f.Required, Sets: f.Sets,
	}
	if a.Sets == SetsSeverity && f.Type == "" && len(f.Choices) == 0 {
		a.Type, a.Choices = AskChoice, words(Severities())
	}
	return a
}

func convertRole(f *fileRole) Role {
	return Role{f.ID, orText(f.Title, f.ID), f.Duties, f.Required}
}

func convertService(f *fileService) Service {
	s := Service{
		ID: f.ID, Title: orText(f.Title, f.ID), Tier: or(f.Tier, 3), DependsOn: f.DependsOn,
		Shutdown: f.Shutdown, Restore: f.Restore, Owner: f.Owner, Example: f.Example,
	}
	if c := f.Check; c != nil {
		s.Check = Check{URL: c.URL, Text: c.Text, TCP: c.TCP, DNS: c.DNS}
		if c.URL != "" {
			s.Check.Expect = or(c.Expect, 200)
		}
	}
	return s
}

func convertContact(f *fileContact) Contact {
	return Contact{f.ID, orText(f.Title, f.ID), f.Role, f.Reach, f.Hours, f.Note}
}

func convertClock(f *fileClock) Clock {
	ready, _ := FindDeadline(f.Clock) // lint says if there is none
	within := f.Within
	if within.IsZero() {
		within = ready.Within
	}
	c := Clock{
		ID: f.ID, Law: ready.ID, Title: orText(f.Title, orText(ready.Title, f.ID)), Within: within,
		Starts: orText(f.Starts, string(Manual)), From: f.From, Stops: orText(f.Stops, string(Manual)),
		To: orText(f.To, ready.To), Source: orText(f.Source, ready.Source), Checked: ready.Checked, Restarts: or(f.Restarts, ready.Restarts),
	}
	if f.Outer != nil {
		c.Outer = Bound{f.Outer.Within, orText(f.Outer.Starts, string(Manual)), f.Outer.From}
		if c.Outer.Within.IsZero() {
			c.Outer.Within = ready.Outer
		}
	}
	return c
}

func convertNotice(f *fileNotice) Notice {
	return Notice{f.ID, orText(f.Title, f.ID), f.Audience, f.Channel, f.Approver, f.NextUpdate, f.Claims, f.Corrects, f.Text}
}

func convertPhase(f *filePhase) Phase {
	return Phase{f.ID, orText(f.Title, f.ID), f.Goal, convertAll(f.Steps, convertStep)}
}

func convertStep(f *fileStep) Step {
	return Step{
		ID: f.ID, Kind: Kind(orText(f.Kind, string(Action))), Title: orText(f.Title, f.ID), Each: Each(f.Each),
		Service: f.Service, Notice: f.Notice, Contact: f.Contact, Role: f.Role, Expect: f.Expect,
		Needs: f.Needs, When: f.When, Text: f.Text, Checklist: f.Checklist, Command: f.Command,
		DoneWhen: f.DoneWhen, Evidence: f.Evidence, TwoPerson: f.TwoPerson, Reason: reasonOf(f), Required: or(f.Required, true),
		Options: convertAll(f.Options, convertOption), Ask: convertAll(f.Ask, convertAsk),
	}
}

// reasonOf is whether a step asks for its reason, said or not.
func reasonOf(f *fileStep) Wanted {
	switch {
	case f.Reason != "":
		return Wanted(f.Reason)
	case f.Kind == string(Decision) && f.Each == "":
		return Asked
	}
	return ""
}

func convertOption(f *fileOption) Option {
	return Option{f.ID, orText(f.Title, f.ID), f.State, f.Claims}
}

func convertAll[F, T any](files []F, one func(*F) T) []T {
	if len(files) == 0 {
		return nil
	}
	out := make([]T, len(files))
	for i := range files {
		out[i] = one(&files[i])
	}
	return out
}

// or returns what a pointer points to, or otherwise if it is nil.
func or[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}

func orText(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
