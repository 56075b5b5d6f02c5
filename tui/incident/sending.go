package incident

import (
	"cmp"
	"context"
	"slices"

	"muster/state/sorted"
)

// Sends notes that a notice is handed to a channel. The context ends when the person does
// not want to wait any longer; over is to be called on the screens' loop once it is known
// what came of it.
func (x *Outbox) Sends(channel string) (ctx context.Context, over func()) {
	ctx, end := context.WithCancel(x.Ctx)
	s := &sending{by: channel, began: x.UI.Now(), end: end}
	x.sends = append(x.sends, s)
	return ctx, func() {
		end()
		x.sends = sorted.Without(slices.Clone(x.sends), func(one *sending) bool { return one == s })
	}
}

// EndSends waits no longer for channels that have not answered, and reports whether there
// were any. A notice may have arrived all the same, and the log says so.
func (x *Outbox) EndSends() bool {
	for _, s := range x.sends {
		s.end()
	}
	return len(x.sends) > 0
}

// sendState is what is waited for, and since when; "" if nothing is.
func (x *Outbox) sendState() string {
	if len(x.sends) == 0 {
		return ""
	}
	return cmp.Or(x.since(x.sends[0]), "sending"+x.UI.Theme.Glyphs.Saving)
}
