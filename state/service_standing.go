package state

import "slices"

// Standing is whether a service can be relied on; "" of one of which nothing was
// ever found out or said: it is no part of the incident.
func (inc *Incident) Standing(service *Service) Standing {
	if service.State == UnknownState && service.Seq == 0 {
		said := anySending(inc, func(_ *Notice, s *Sending) bool {
			return slices.ContainsFunc(s.Claims, func(c ClaimKnown) bool { return c.Service == service.ID })
		})
		if !said {
			return ""
		}
	}
	return service.State.Standing()
}

// notBack lists the services of which one may not say that they are back.
func notBack(inc *Incident) []*Service {
	var list []*Service
	for i := range inc.Services {
		if s := inc.Standing(&inc.Services[i]); s == NotBack || s == NotSure {
			list = append(list, &inc.Services[i])
		}
	}
	return list
}
