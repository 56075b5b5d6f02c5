package response

import (
	"errors"

	"muster/state"
)

// A Private is a private target that nobody has allowed to look at in this incident, and
// the service whose check reaches for it.
type Private struct {
	Service string // id
	Target  string // as state.Target.Address
	Asks    string // as state.Target.Asks; "" where a look has led to
}

// String is the target and what is asked of it, raw.
func (p Private) String() string {
	if p.Asks == "" {
		return p.Target
	}
	return p.Target + "  " + p.Asks
}

// Unallowed lists, of some services, the private targets that nobody has allowed yet:
// what their checks say by their own words. Ask a person before anybody looks at them;
// [Allow] is the yes. A name of which it is seen only while looking that it leads inside
// is known by [Look.Unallowed]. In a drill nothing leaves, and nothing is asked.
func Unallowed(inc *state.Incident, services []string) []Private {
	var list []Private
	for _, id := range services {
		service := inc.Service(id)
		if service == nil || inc.Mode == state.Drill {
			continue
		}
		if target := state.TargetOf(service.Def.Check); target.Private && !inc.Allows(target.Address) {
			list = append(list, Private{id, target.Address, target.Asks})
		}
	}
	return list
}

// Unallowed is the private target to which a look has led and that nobody has allowed, so
// that nothing was asked of it; false if there is none.
func (l Look) Unallowed() (Private, bool) {
	var private *state.PrivateError
	if !errors.As(l.Err, &private) {
		return Private{}, false
	}
	return Private{Service: l.Service, Target: private.Target}, true
}

// Allow is the command by which a person allows to look at private targets.
func Allow(list []Private) state.AllowTargets {
	var allow state.AllowTargets
	for _, private := range list {
		allow.Targets = append(allow.Targets, private.Target)
	}
	return allow
}
