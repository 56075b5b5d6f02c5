package state

// StepOf is the id of the step an entry is about; "" if it is about none.
func (inc *Incident) StepOf(e Entry) string {
	switch data := e.Data.(type) {
	case interface{ step() string }:
		return data.step()
	case interface{ beside() string }:
		return data.beside()
	}
	return ""
}

// about is the step an entry names; nil if it names none.
func (inc *Incident) about(e *Entry, id string) *Step {
	if id == "" {
		return nil
	}
	s := inc.Step(id)
	if s == nil {
		inc.Unresolved++
		return nil
	}
	s.Last = e.Seq
	if e.Override != nil {
		s.Overrides = append(s.Overrides, e.Seq)
	}
	return s
}

// copiesFrom lists the indexes of the steps that were made from the template id.
func copiesFrom(inc *Incident, id string) []int {
	if list := inc.roots[id]; len(list) > 0 {
		return list
	}
	if i, ok := inc.stepAt[id]; ok {
		return []int{i}
	}
	return nil
}

func (s *Step) settle(inc *Incident, status Status, e *Entry) {
	inc.said.say(e, subject{what: OfStep, of: s.ID}, string(status))
	s.Status, s.By, s.Ended = status, e.By.Name, e.When()
}
