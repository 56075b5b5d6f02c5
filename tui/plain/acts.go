package plain

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/sorted"
	"muster/tui/kit"
)

// instead are the actions that are about keys, cursors and panes, with what a person does
// line by line in their place. Every other action is done by its name.
var instead = map[string]string{
	"move.up": aNumber, "move.down": aNumber, "move.page-up": aNumber, "move.page-down": aNumber, "move.top": aNumber, "move.bottom": aNumber,
	"search.up": aNumber, "search.down": aNumber, "search.page-up": aNumber, "search.page-down": aNumber, "search.top": aNumber, "search.bottom": aNumber,
	"take": answers, "form.submit": answers, "form.next": answers, "form.back": "“/back”", "form.newline": "the next line, until a dot alone",
	"choose.other": answers, "choose.yes": answers, "choose.no": answers, "cancel": "“leave”, or “/leave”", "refusal.leave": "“leave”",
	"back.run": "“stop”, or “run”", "start.begin": answers, "start.next": answers, "start.back": "“/leave”",
	"step.detail": "“text”", "board.other": "“text”", "step.fold": "“list”", "step.unfold": "“list” and “text”", "back.list": "“stop”",
	"home.filter": "“list” and words", "filter.text": "“list” and words",
	"home.leave": "“quit”", "help": "“?”", "help.typing": "“?”", "mouse": "nothing: there is none", "repaint": "an empty line", "suspend": "nothing: there is no screen to come back to",
	"notice.editor": "“edit”, then “write”", "waiting.show": "“waiting”",
}

const (
	aNumber = "the number of a line"
	answers = "the answer to the question"
)

// acts are the actions that can be done by name in a place, its own first.
func (p *Program) acts(place kit.Place) []*kit.Action { return actsOf(p.ui.Keys, place) }

func actsOf(keys *kit.KeyMap, place kit.Place) []*kit.Action {
	acts := sorted.Without(keys.Named(place), func(act *kit.Action) bool { return instead[act.ID] != "" })
	far := func(act *kit.Action) int {
		if kit.IsHere(keys, act) {
			return 0
		}
		return 1
	}
	sorted.Stable(acts, func(a, b *kit.Action) int { return far(a) - far(b) })
	return acts
}

// name is how an action is called here: its word, unless another has that. Of two a screen
// has it, or else the one that stands first: what is done here.
func name(acts []*kit.Action, act *kit.Action) string {
	word := act.Word()
	for _, other := range acts {
		if other == act || other.Word() != word {
			continue
		}
		if isScreen(other) || !isScreen(act) && !before(acts, act, other) {
			return act.ID
		}
	}
	return word
}

// isScreen reports whether an action leads to a screen.
func isScreen(act *kit.Action) bool { return strings.HasPrefix(act.ID, "screen.") }

// before reports whether one action stands before another.
func before(acts []*kit.Action, one, other *kit.Action) bool {
	return slices.Index(acts, one) < slices.Index(acts, other)
}

// label is what an action would do at this moment, in a word or two.
func (p *Program) label(act *kit.Action) string {
	if act.Now != nil {
		return act.Now(p.ui)
	}
	return act.Label
}

// How well a word names an action, the best first.
const (
	byID = iota
	byName
	byLabel
	byBeginning
	notAtAll
)

// fits says how well a word names an action.
func (p *Program) fits(act *kit.Action, word string) int {
	short := kit.ShortName(act.ID)
	switch {
	case act.ID == word:
		return byID
	case short == word || act.Word() == word:
		return byName
	case strings.EqualFold(p.label(act), word):
		return byLabel
	case strings.HasPrefix(short, word) || strings.HasPrefix(act.ID, word) || strings.HasPrefix(strings.ToLower(p.label(act)), word):
		return byBeginning
	}
	return notAtAll
}

// named are the actions that a word names best; of those that can be done and those that
// cannot, the former.
func (p *Program) named(acts []*kit.Action, word string) []*kit.Action {
	word = strings.ToLower(word)
	if i := slices.IndexFunc(acts, func(act *kit.Action) bool { return name(acts, act) == word }); i >= 0 {
		return acts[i : i+1]
	}
	best := notAtAll
	for _, act := range acts {
		best = min(best, p.rank(act, word))
	}
	if best >= 2*notAtAll {
		return nil
	}
	return sorted.Without(slices.Clone(acts), func(act *kit.Action) bool { return p.rank(act, word) != best })
}

// rank orders actions by how well a word names them, and then by whether they can be done.
func (p *Program) rank(act *kit.Action, word string) int {
	rank := 2 * p.fits(act, word)
	if rank < 2*notAtAll && act.Why(p.ui) != "" {
		rank++
	}
	return rank
}

// run does an action. What would be recorded at once is asked about first; what was typed
// behind its name is for its first question.
func (p *Program) run(act *kit.Action, rest string) tea.Cmd {
	if why := act.Why(p.ui); why != "" {
		p.out.say(why)
		return nil
	}
	p.rest = rest
	if act.Records != nil {
		if what := act.Records(p.ui); what != "" {
			p.within = &sureTalk{p, what, func() tea.Cmd { return act.Do(p.ui) }}
			p.within.open()
			return nil
		}
	}
	return act.Do(p.ui)
}

// menu are the actions shown, to choose from, as far as they can be done; acts are all
// that there are.
func (p *Program) menu(acts, shown []*kit.Action) []choice {
	var all []choice
	for _, act := range shown {
		if !act.Offered(p.ui) {
			continue
		}
		title := act.Title
		called := name(acts, act)
		if label := p.label(act); label != "" && act.Now != nil && label != called {
			title = label + ". " + title
		}
		all = append(all, choice{called, title, func() tea.Cmd { return p.run(act, "") }})
	}
	return all
}

// byNames does the action that a word names, asks which if there are several, and reports
// whether there was one.
func (p *Program) byNames(place kit.Place, word, rest string) (tea.Cmd, bool) {
	acts := p.acts(place)
	found := p.named(acts, word)
	switch len(found) {
	case 0:
		return nil, false
	case 1:
		return p.run(found[0], rest), true
	}
	sorted.Stable(found, func(a, b *kit.Action) int { return cmp.Compare(p.rank(a, word), p.rank(b, word)) })
	var all []choice
	for _, act := range found {
		all = append(all, choice{name(acts, act), act.Title, func() tea.Cmd { return p.run(act, rest) }})
	}
	m := &menuTalk{p, "“" + word + "” may be one of these:", all}
	p.within = m
	m.open()
	return nil, true
}
