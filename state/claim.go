package state

import (
	"fmt"
	"slices"
	"strings"

	"muster/runbooks"
)

// maxClaims bounds the claims of one notice.
const maxClaims = 200

// Known sets claims beside what is known now.
func (inc *Incident) Known(claims []Claim) []ClaimKnown {
	known := make([]ClaimKnown, len(claims))
	for i, claim := range claims {
		known[i] = ClaimKnown{Claim: claim, Known: UnknownState}
		if service := inc.Service(claim.Service); service != nil {
			known[i].Known, known[i].By = service.State, service.By
			if !service.Since.IsZero() {
				since := service.Since
				known[i].Since = &since
			}
		}
		known[i].Holds = holdsClaim(claim.State, known[i].Known)
	}
	return known
}

// holdsClaim reports whether one may say that a service is in state claimed when
// it is known to be in state known. Restored may be said only of what somebody
// else verified: that is the lesson of the case.
func holdsClaim(claimed, known ServiceState) bool {
	switch claimed {
	case Restored, Verified:
		return known == Verified
	case Affected:
		return known.Hit() && known != Verified
	case Restoring:
		return known == Restoring || known == Restored
	case UnknownState:
		return true
	}
	return claimed == known
}

// saysThat says what a text claims of a service: what it says, or, where the claim is its template's
// and its words do not have the service's name, what it is counted as saying.
func (n *Notice) saysThat(inc *Incident, text string, c Claim) string {
	return SaysThat(serviceTitle(inc, c.Service), c.State, n.Implied(inc, text, c))
}

// SaysThat says that a service is claimed to be in a state; implied is [Notice.Implied].
func SaysThat(title string, state ServiceState, implied bool) string {
	if implied {
		return fmt.Sprintf("by its template's claims it is counted as saying that %s is %s", title, state)
	}
	return fmt.Sprintf("it says that %s is %s", title, state)
}

// Implied reports whether a claim of a text is one that the notice's template makes, of all or of this
// service, and is not known to stand in the words: they do not have the service's name, or are withheld.
func (n *Notice) Implied(inc *Incident, text string, c Claim) bool {
	return !says(inc, &NoticeVersion{Text: text}, c.Service) && slices.ContainsFunc(n.Def.Claims, func(made string) bool {
		service, to, _ := strings.Cut(made, "=")
		service = strings.TrimSpace(service)
		return (service == runbooks.EveryAffected || service == c.Service) && ServiceState(strings.TrimSpace(to)) == c.State
	})
}

// says reports whether a text has a service's name.
func says(inc *Incident, v *NoticeVersion, service string) bool {
	return strings.Contains(strings.ToLower(v.Text), strings.ToLower(serviceTitle(inc, service)))
}

// sayDiffers says how a claim of a text and what is known differ.
func (n *Notice) sayDiffers(inc *Incident, said string, c ClaimKnown) string {
	text := n.saysThat(inc, said, c.Claim) + ", and "
	switch {
	case c.Known == Restored && (c.State == Restored || c.State == Verified):
		return text + "nobody has verified it" + sinceRestored(inc, c)
	case c.Known == UnknownState && c.Since == nil:
		return text + "nobody has said how it stands"
	case c.Known == UnknownState:
		return text + "it is not known how it stands"
	}
	return text + "it is known to be " + string(c.Known)
}

// sinceRestored says since what entry nobody has verified a service, of which it was known that it was
// restored, and that somebody had verified before; "" if nobody had.
func sinceRestored(inc *Incident, c ClaimKnown) string {
	s, verified := inc.Service(c.Service), false
	if s == nil || c.Since == nil {
		return ""
	}
	for _, m := range s.course() {
		if verified && m.to == Restored && m.at.Equal(*c.Since) {
			return fmt.Sprintf(" since it was restored again (entry %d)", m.seq)
		}
		verified = verified || m.to == Verified
	}
	return ""
}

// SayDiffers says how a claim of a statement and the state that a service was in differ.
func (n *Notice) SayDiffers(inc *Incident, sent *Sending, claim Claim, was ServiceState) string {
	return n.saysThat(inc, sent.Text, claim) + ", and " + SayWas(was)
}

// SayWas says how a service was of which something else was claimed. What was not known is no
// state that it was in.
func SayWas(was ServiceState) string {
	switch was {
	case Restored:
		return "nobody had verified it"
	case UnknownState:
		return "it was not known how it stood"
	}
	return "it was " + string(was)
}

// gate refuses, softly, to say more than is known: the claim gate. differs says how a claim and what is
// known differ, and hint is what can be done instead.
func (d *decision) gate(def *runbooks.Notice, said []Claim, differs func(ClaimKnown) string, hint string) []ClaimKnown {
	claims := slices.Clip(said)
	all := allBack(def)
	if all != "" { // it says so of those as well that it does not name
		for _, service := range notBack(d.inc) {
			if !slices.ContainsFunc(claims, func(c Claim) bool { return c.Service == service.ID }) {
				claims = append(claims, Claim{Service: service.ID, State: all})
			}
		}
	}
	known := d.inc.Known(claims)
	for _, claim := range known {
		if claim.Holds {
			continue
		}
		text := capital(differs(claim))
		if claim.Since != nil {
			text += fmt.Sprintf(" (%s, %s)", claim.By, d.clock(*claim.Since))
		}
		d.refuse(Refusal{Reason: Unverified, Overridable: true, Text: text + ".", Hint: hint, Acts: []Act{{Deed: DeedVerify, Of: claim.Service}}})
	}
	if all != "" {
		unlooked(d, all, claims)
	}
	return known
}

// unlooked refuses, softly, to say of all what nobody has looked at: what is not known is not
// back. claims are of those of which it is said or known how they stand.
func unlooked(d *decision, all ServiceState, claims []Claim) {
	titles := notLooked(d.inc, claims)
	if len(titles) == 0 {
		return
	}
	d.refuse(Refusal{Reason: Unverified, Overridable: true, Acts: []Act{{Deed: DeedSetService}}, Hint: "Look at each, and say what is found.",
		Text: fmt.Sprintf("It says that all services are %s, and nobody has said yet how these stand: %s.", all, fewOf(titles))})
}

// fewOf are titles in a row; of many the first, and how many more there are.
func fewOf(titles []string) string {
	const most = 6
	if more := len(titles) - most; more > 1 {
		titles = append(titles[:most:most], fmt.Sprintf("%d more", more))
	}
	return strings.Join(titles, ", ")
}

// notLooked lists the titles of the services of which nobody has said how they stand, and
// claims say nothing.
func notLooked(inc *Incident, claims []Claim) (titles []string) {
	for i := range inc.Services {
		s := &inc.Services[i]
		if inc.Standing(s) == "" && !slices.ContainsFunc(claims, func(c Claim) bool { return c.Service == s.ID }) {
			titles = append(titles, s.Def.Title)
		}
	}
	return titles
}

// takeNames takes the names out of what was known: they stand apart in an entry.
func takeNames(known []ClaimKnown) (names []string) {
	some := false
	for i := range known {
		names = append(names, known[i].By)
		some = some || known[i].By != ""
		known[i].By = ""
	}
	if !some {
		return nil
	}
	return names
}

func sayClaims(inc *Incident, claims []Claim) string {
	var parts []string
	for _, claim := range claims {
		parts = append(parts, serviceTitle(inc, claim.Service)+" is "+string(claim.State))
	}
	if len(parts) == 0 {
		return ""
	}
	return ", claiming " + strings.Join(parts, ", ")
}

// Mentions lists the services whose titles stand in a text and about which claims
// says nothing: a person should look whether the text claims something of them.
func (inc *Incident) Mentions(text string, claims []Claim) []string {
	low := strings.ToLower(text)
	var ids []string
	for i := range inc.Services {
		service := &inc.Services[i]
		if strings.Contains(low, strings.ToLower(service.Def.Title)) &&
			!slices.ContainsFunc(claims, func(c Claim) bool { return c.Service == service.ID }) {
			ids = append(ids, service.ID)
		}
	}
	return ids
}

// allBack is what a notice claims of all services, if that is of health; else "".
func allBack(def *runbooks.Notice) ServiceState {
	for _, text := range def.Claims {
		if service, claim, _ := strings.Cut(text, "="); service == runbooks.EveryAffected && ServiceState(claim).OfHealth() {
			return ServiceState(claim)
		}
	}
	return ""
}
