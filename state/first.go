package state

import "muster/runbooks"

// FirstActs are the steps that the incident's runbooks want done before all else, each
// once, in their order.
func FirstActs(inc *Incident) []*Step {
	var list []*Step
	seen := map[string]bool{}
	for i := range inc.Books {
		b := &inc.Books[i]
		if b.Runbook == nil {
			continue
		}
		for _, id := range b.Runbook.Immediate {
			at := b.id(id)
			if b.Shared != nil && b.Shared.Steps[id] != "" {
				at = b.Shared.Steps[id]
			}
			if s := inc.Step(at); s != nil && !seen[at] {
				seen[at] = true
				list = append(list, s)
			}
		}
	}
	return list
}

// Acted is the last entry in which a person did something, apart from opening the incident
// or a session and from saying who they are; 0 if there is none.
func Acted(inc *Incident, person string) uint64 {
	for i := len(inc.Log) - 1; i >= 0; i-- {
		e := inc.Log[i]
		if e.Kind == KindIncidentOpened || e.Kind == KindSessionOpened || e.Kind == KindPersonActs || e.Data == nil {
			continue
		}
		if runbooks.SameName(e.By.Name, person) {
			return e.Seq
		}
	}
	return 0
}
