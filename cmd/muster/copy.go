package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/view"
)

func copyCommand(e *env) *cobra.Command {
	var follow bool
	cmd := &cobra.Command{
		Use: "copy FILE|FOLDER|ssh://[USER@]HOST[:PORT]/[INCIDENT]", Short: "Keep a verified copy of an incident's log", Args: arguments(1, 1),
		Long: `Keep a copy of an incident's log here, with the files beside it, every line verified as it
comes. With --follow it goes on until it is ended, also after a break, and says for how long
nothing was heard. Running it again brings the copy up to date.

A copy takes no entries of its own; when its source cannot be reached, muster branch goes on
in it. If the source was rolled back, or is another log than the one that was copied, that
is said, nothing of the copy is changed, and what the source has now is kept beside it.`,
		Example: "  muster copy ssh://box:2222/2026-11-24-amber-heron --follow\n  muster copy /media/stick/2026-11-24-amber-heron",
		RunE: func(cmd *cobra.Command, args []string) error {
			return copyFrom(cmd.Context(), e, args[0], follow)
		},
	}
	cmd.Flags().BoolVar(&follow, "follow", false, "go on until ended, with ctrl+c")
	cmd.AddCommand(copyFeedCommand(e))
	return cmd
}

func copyFrom(ctx context.Context, e *env, what string, follow bool) error {
	store, err := e.files()
	if err != nil {
		return err
	}
	c := &copier{env: e, store: store, what: what}
	copied, err := c.once(ctx)
	if follow && err != nil {
		if id := c.resume(ctx, err); id != "" {
			return c.listen(ctx, id)
		}
	}
	if !follow || err != nil {
		return errors.Join(c.print(copied), err)
	}
	return c.follow(ctx, copied)
}

// follow brings the copy up to date until ctx ends, or the source was changed.
func (c *copier) follow(ctx context.Context, copied *view.Copied) error {
	if err := c.print(copied); err != nil {
		return err
	}
	if !c.env.flags.json {
		fmt.Fprintln(c.env.err, "muster: it goes on, and says what is new, until ctrl+c ends it")
	}
	if strings.HasPrefix(c.what, sshScheme) {
		return c.listen(ctx, copied.ID)
	}
	ticker := time.NewTicker(copyPoll)
	defer ticker.Stop()
	was := c.mark()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		now := c.mark()
		if now == was && now != (sourceMark{}) {
			c.unchanged(ctx, copied.ID)
			continue
		}
		copied, err := c.once(ctx)
		switch {
		case err == nil:
			was = now
			c.said = time.Time{}
			if err := c.print(copied); copied.New > 0 && err != nil {
				return err
			}
		case ctx.Err() != nil:
			return nil
		case errors.As(err, new(*strayedError)), errors.As(err, new(*state.Damage)), !c.silent(err):
			return err
		}
	}
}
