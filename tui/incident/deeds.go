package incident

import (
	"fmt"
	"strings"

	"muster/state"
)

// A key is the action that does a deed, and the one that leads to the screen where it
// works; "" if it works on every screen.
type key struct{ action, screen string }

// keysOf says of each deed by which action it is done. What no key does stands with none:
// the refusal's own words must do.
var keysOf = map[state.Deed]key{
	state.DeedApprove:     {"notice.approve", "screen.notices"},
	state.DeedDraft:       {"notice.draft", "screen.notices"},
	state.DeedSend:        {"notice.send", "screen.notices"},
	state.DeedNotice:      {"notice.next", "screen.notices"},
	state.DeedTitle:       {"title", ""},
	state.DeedCall:        {"contact.call", "screen.notices"},
	state.DeedWitness:     {"witness", ""},
	state.DeedStamp:       {"", ""}, // on the command line
	state.DeedSign:        {"", ""}, // on the command line
	state.DeedSettle:      {"notice.next", "screen.notices"},
	state.DeedInput:       {"inputs", ""},
	state.DeedTakeRole:    {"role", ""},
	state.DeedTick:        {"step.done-with", "screen.run"}, // its form can say that all of it is done
	state.DeedAnswer:      {"step.answer", "screen.run"},
	state.DeedAttach:      {"evidence", "screen.run"},
	state.DeedSetService:  {"service.set", "screen.services"},
	state.DeedReopen:      {"close", ""},
	state.DeedAmend:       {"entry.amend", "screen.timeline"},
	state.DeedRetime:      {"entry.amend", "screen.timeline"},
	state.DeedRetract:     {"entry.retract", "screen.timeline"},
	state.DeedIssueSitrep: {"sitrep", ""},
	state.DeedStartLaw:    {"clock.law", "screen.clocks"},
	state.DeedReopenStep:  {"step.reopen", "screen.run"},
	state.DeedConfirm:     {"step.next", "screen.run"},
	state.DeedDo:          {"step.done", "screen.run"},
	state.DeedSkip:        {"step.skip", "screen.run"},
	state.DeedStartClock:  {"clock.start", "screen.clocks"},
	state.DeedVerify:      {"service.set", "screen.services"},
	state.DeedAddWay:      {"contact.add", "screen.notices"},
	state.DeedStartPlay:   {"drill.run", "screen.drill"},
	state.DeedResumePlay:  {"drill.run", "screen.drill"},
	state.DeedDeliver:     {"drill.deliver", "screen.drill"},
	state.DeedByHand:      {"notice.send", "screen.notices"},
	state.DeedRepeat:      {"drill.repeat", "screen.drill"},
	state.DeedDrill:       {"", ""}, // from home
	state.DeedLint:        {"", ""}, // on the command line
	state.DeedHold:        {"settle", ""},
}

// TickAll is the choice, in the form that settles a step, that ticks what is left of its checklist.
const TickAll = "all of it is done: tick it"

// howTo says by which keys an act is done from the dialog that refused another, the one
// that closes it first; "" if by none.
func (c *Case) howTo(act state.Act) string {
	key := keysOf[act.Deed]
	if key.action == "" {
		return ""
	}
	presses := []string{c.closing()}
	if key.screen != "" && key.screen != "screen."+c.UI.Screen().Place().Name {
		presses = append(presses, c.UI.KeyOf(key.screen))
	}
	if act.Deed == state.DeedTick {
		return fmt.Sprintf("%s, then %s: choose “%s” there", strings.Join(presses, ", "), c.UI.KeyOf(key.action), TickAll)
	}
	return fmt.Sprintf("%s, then %s: %s", strings.Join(presses, ", "), c.UI.KeyOf(key.action), c.UI.Keys.Action(key.action).Title)
}

// closing is what closes a refusal and opens nothing else: on the screen, enter leads
// back to what was typed.
func (c *Case) closing() string {
	if c.UI.ByLine {
		return "“leave”"
	}
	return c.UI.KeyOf("cancel")
}
