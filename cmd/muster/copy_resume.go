package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
)

// resume finds the copy that is here of a machine that just now cannot be reached, so that it
// can be followed as soon as it answers again; why is what ssh said. It has no id if there is
// none, or several.
func (c *copier) resume(ctx context.Context, why error) (id string) {
	var failed *remoteError
	r, err := parseRemote(c.what)
	if err != nil || !errors.As(why, &failed) || failed.code != exitSSH {
		return ""
	}
	all, _ := c.store.List(ctx)
	var origin state.Copy
	for _, one := range all {
		if copied, is := c.store.Copy(one); is && copied.Source == r.String() {
			if id != "" {
				return ""
			}
			id, origin = one, copied
		}
	}
	if id == "" {
		return ""
	}
	log, inc, err := state.Load(ctx, c.store, id, true)
	if err != nil {
		return ""
	}
	_ = log.Close() // it was only read
	c.told, c.heard, c.said = inc.Head, origin.Heard, c.env.now()
	ago := "nobody knows when"
	if !origin.Heard.IsZero() {
		ago = when.Duration(c.said.Sub(origin.Heard).Truncate(time.Second)) + " ago"
	}
	fmt.Fprintf(c.env.err, "muster: %s: %s\n  The copy of %s that is here goes up to entry %d; its source was heard last %s. It is tried again until ctrl+c ends it. To go on in the copy: muster branch\n",
		clean.Line(c.what), clean.Line(failed.Error()), clean.Line(id), c.told.Seq, ago)
	return id
}
