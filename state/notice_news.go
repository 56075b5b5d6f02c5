package state

import (
	"fmt"
	"maps"
	"slices"
)

// News says, a phrase each, what has changed since a text of the notice was drafted, for
// who writes the next one: what it claims of services and is so no more, what is known to
// be hit and is not named, and answers that are others now. What is withheld is no news.
func (n *Notice) News(inc *Incident, v *NoticeVersion) []string {
	var news []string
	for _, known := range inc.Known(v.Claims) {
		moved := known.Known != known.State && known.Since != nil && known.Since.After(v.When)
		if (!known.Holds || moved) && inc.Knows(known.Service) {
			news = append(news, n.sayDiffers(inc, v.Text, known))
		}
	}
	for i := range inc.Services {
		s := &inc.Services[i]
		if inc.Knows(s.ID) && s.State != UnknownState && inc.Standing(s) != Back && s.Since.After(v.When) && !names(inc, v, s.ID) {
			news = append(news, fmt.Sprintf("%s is %s, and is not named", s.Def.Title, s.State))
		}
	}
	return append(news, n.newAnswers(inc, v)...)
}

// newAnswers says which answers that a text rests on are others now.
func (n *Notice) newAnswers(inc *Incident, v *NoticeVersion) []string {
	if n.Book >= len(inc.Books) {
		return nil
	}
	var news []string
	answers := answersOf(inc, n.Book)
	for _, id := range slices.Sorted(maps.Keys(v.Basis)) {
		if was, now := v.Basis[id], answers[id]; was != now && n.saysOther(inc, id, was) && !inc.Unseen(inc.Books[n.Book].IDOf(NounQuestion, id)) {
			news = append(news, fmt.Sprintf("%s %s and %s", id, saidBefore(was), saysNow(now)))
		}
	}
	return news
}

// Dropped lists the services that the text sent before names and that a text does not:
// they left it by what a template lists, or by somebody's hand. What was said in words is
// to be said in words again; a claim that is kept is not seen by who reads the text. What was
// called well without a name, and is back now, needs no word.
func (n *Notice) Dropped(inc *Incident, text string, said []Claim) []string {
	before, _ := n.LastSent()
	if before == nil {
		return nil
	}
	now := &NoticeVersion{Text: text, Claims: said}
	var dropped []string
	for i := range inc.Services {
		id := inc.Services[i].ID
		if says(inc, before, id) && !says(inc, now, id) || claims(before, id) && !names(inc, now, id) && !stillWell(inc, before, id) {
			dropped = append(dropped, id)
		}
	}
	return dropped
}

// names reports whether a text says anything of a service: by a claim, or by its title.
func names(inc *Incident, v *NoticeVersion, service string) bool {
	return claims(v, service) || says(inc, v, service)
}

func claims(v *NoticeVersion, service string) bool {
	return slices.ContainsFunc(v.Claims, func(c Claim) bool { return c.Service == service })
}

// stillWell reports whether all that a text claims of a service is that it is well, and it is back.
func stillWell(inc *Incident, v *NoticeVersion, service string) bool {
	harm := slices.ContainsFunc(v.Claims, func(c Claim) bool { return c.Service == service && !c.State.OfHealth() })
	s := inc.Service(service)
	return !harm && s != nil && inc.Standing(s) == Back
}
