package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
)

func rescueCommand(e *env) *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "rescue [INCIDENT|FILE]", Short: "Go on after something was not saved", Args: arguments(0, 1),
		Long: `Go on after something was NOT SAVED.

Without --to it mends the log where it lies, if its disk takes writes again. With
--to it copies the log and its evidence, verified, into another folder, on another
disk, and goes on there: the folder is a --state of its own from then on. The old
log is left as it is; record nothing more in it, or there will be two. FILE is a log
that muster has written aside, or any copy of one.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if to == "" {
				return mendLog(cmd.Context(), e, optional(args))
			}
			return moveLog(cmd.Context(), e, optional(args), to)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the folder to go on in, on another disk")
	return cmd
}

// mendLog opens the log for writing, which mends what a failed write left behind.
func mendLog(ctx context.Context, e *env, id string) error {
	if file, err := e.isFile(id); err != nil {
		return err
	} else if file {
		return hint(fmt.Errorf("%s is a file, and is left as it is", id), "Go on with what it has in another folder: muster rescue %s --to DIR", id)
	}
	s, err := e.open(ctx, id, false)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := whole(s.Writable()); err != nil {
		return err
	}
	inc := s.Incident()
	return e.printRescued(s, inc, "ends well")
}

// printRescued prints the entry that says what was mended, or that somebody has rescued the
// log before: its last entry is then not this command's.
func (e *env) printRescued(s *session.Session, inc *state.Incident, stands string) error {
	if s.Mended() != nil {
		return e.printNew(inc, 0)
	}
	return e.printEntry(inc, inc.Head.Seq, func() error {
		_, err := fmt.Fprintf(e.out, "%s %s, with entry %d: enter again what was not saved.\n", clean.Line(inc.ID), stands, inc.Head.Seq)
		return err
	})
}

// whole is err, or says what to do about a log that is damaged and not only not
// written to its end.
func whole(err error) error {
	var damage *state.Damage
	if errors.As(err, &damage) && !damage.Newer {
		return hint(err, "A damaged log is evidence and is left as it is. Keep it, and start a new incident to go on.")
	}
	return err
}

// moveLog copies an incident below another state folder and goes on there.
func moveLog(ctx context.Context, e *env, id, to string) error {
	from, id, err := storeToMove(ctx, e, id)
	if err != nil {
		return err
	}
	s, err := session.Open(ctx, from, id, true, e.session())
	if err != nil {
		return fmt.Errorf("incident %s: %w", id, err)
	}
	defer s.Close()
	e.warn(s)
	if err := s.Writable(); !errors.Is(err, state.ErrReadOnly) {
		return whole(err)
	}
	inc, err := s.Rescue(ctx, to)
	if err != nil {
		if dir, absErr := filepath.Abs(to); errors.Is(err, state.ErrExists) && absErr == nil {
			return hint(fmt.Errorf("%s has %s already", dir, s.Incident().ID), "Go on there: muster --state %s.", dir)
		}
		return err
	}
	dir, stayed := s.Moved()
	for _, what := range stayed {
		fmt.Fprintf(e.err, "muster: %s\n", clean.Line(what))
	}
	fmt.Fprintf(e.err, "muster: from now on: muster --state %s …, or MUSTER_STATE; record nothing more in the old folder\n", clean.Line(dir))
	return e.printRescued(s, inc, "goes on there already")
}

// storeToMove is the store of the incident that is meant, or of the file that is named.
func storeToMove(ctx context.Context, e *env, id string) (state.Store, string, error) {
	switch file, err := e.isFile(id); {
	case err != nil:
		return nil, "", err
	case file:
		store, err := e.reading(id)
		return store, id, err
	}
	store, err := e.store()
	if err != nil {
		return nil, "", err
	}
	id, err = e.find(ctx, store, id) // a name, whatever the log says
	return store, id, err
}
