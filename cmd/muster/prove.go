package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/session"
	"muster/state/view"
)

// proveOptions are what muster prove is told.
type proveOptions struct {
	to              string
	envelope, force bool
	withhold        withholding
}

func proveCommand(e *env) *cobra.Command {
	var o proveOptions
	cmd := &cobra.Command{
		Use: "prove SEQ [INCIDENT|FILE]", Short: "Show one entry, with the proof that it stands in the log, and nothing else", Args: arguments(1, 2),
		Long: `Write one entry's line, and the path by which it hangs in a Merkle tree over all entries.
The log's next entry records that tree, so that the head there vouches for it: tell that
head to somebody outside, sign it or have it stamped. Of the other entries nothing is shown.

--envelope leaves out all that the entry says, and --withhold some of it. The proof is
checked with muster verify FILE --head HEAD, or with verify.py and Python alone.

Of a copy, or of a log that cannot be written, the last tree that is recorded is taken; so
it is for an observer, who records nothing.`,
		Example: "  muster prove 17 -o entry-17.proof\n  muster prove 17 --envelope",
		RunE: func(cmd *cobra.Command, args []string) error {
			seq, err := firstNumber(args)
			if err != nil {
				return err
			}
			return proveEntry(cmd.Context(), e, optional(args[1:]), seq, o)
		},
	}
	cmd.Flags().StringVarP(&o.to, "output", "o", "-", "the file to write; - for standard output")
	cmd.Flags().BoolVar(&o.envelope, "envelope", false, "show only that the entry was there, of which kind and when")
	cmd.Flags().BoolVar(&o.force, "force", false, "replace the file if it is there")
	o.withhold.flag(cmd)
	return cmd
}

func proveEntry(ctx context.Context, e *env, what string, seq uint64, o proveOptions) error {
	parts, err := o.withhold.asked()
	if err != nil {
		return err
	}
	if o.envelope {
		parts = state.AllParts
	}
	file, err := e.isFile(what)
	if err != nil {
		return err
	}
	s, err := e.open(ctx, what, file || e.reads())
	if err != nil {
		return err
	}
	defer s.Close()
	if _, ok := s.Incident().Entry(seq); !ok {
		return fmt.Errorf("there is no entry %d: they are 1 to %d", seq, s.Incident().Head.Seq)
	}
	if o.to != "-" {
		if err := notThere(e, o.force, o.to); err != nil {
			return err
		}
	}
	at, err := checkpointAfter(ctx, s, seq)
	if err != nil {
		return err
	}
	line, recorded, err := twoLines(ctx, s, seq, at.Seq, parts)
	if err != nil {
		return err
	}
	var proof bytes.Buffer
	if err := export.WriteProof(&proof, s.Incident(), line, recorded); err != nil {
		return err
	}
	return e.sayProof(s.Incident(), seq, at, proof.Bytes(), o)
}

// sayProof writes the proof, and says which head vouches for it.
func (e *env) sayProof(inc *state.Incident, seq uint64, at state.Head, proof []byte, o proveOptions) error {
	told := fmt.Sprintf("It holds with the head %s, of entry %d: tell that to somebody outside, sign it or have it stamped.", at.Hash.Code(), at.Seq)
	if o.to == "-" && !e.flags.json {
		if _, err := e.out.Write(clean.JSON(proof)); err != nil {
			return err
		}
		_, err := fmt.Fprintln(e.err, "muster: "+told)
		return err
	}
	if o.to != "-" {
		if err := writeFile(e, o.to, proof, o.force); err != nil {
			return err
		}
	}
	v := view.Proving{ID: view.Text(view.IDOf(inc)), Seq: seq, Head: headOf(at), File: o.to}
	if o.to == "-" {
		v.File, v.Proof = "", proof
	}
	return e.print(v, func() error {
		_, err := fmt.Fprintf(e.out, "%s%s: entry %d of %s, and nothing else of it\n%s\n", exercise(inc), clean.Line(o.to), seq, clean.Line(view.IDOf(inc)), told)
		return err
	})
}

// checkpointAfter is the head of the entry that records a tree with seq in it: the last
// one of the log, if it can be written, and else the last one that was.
func checkpointAfter(ctx context.Context, s *session.Session, seq uint64) (state.Head, error) {
	inc := s.Incident()
	last := inc.Log[len(inc.Log)-1]
	if last.Kind != state.KindLogCheckpointed || last.Seq <= seq {
		then, err := s.Do(ctx, state.Action{Command: state.RecordCheckpoint{}})
		if err == nil {
			return then.Head, nil
		}
		if !errors.Is(err, state.ErrReadOnly) {
			return state.Head{}, err
		}
	}
	for i := len(inc.Log) - 1; i >= 0 && inc.Log[i].Seq > seq; i-- {
		if data, ok := inc.Log[i].Data.(*state.LogCheckpointed); ok && data.Size >= seq {
			return state.Head{Seq: inc.Log[i].Seq, Hash: inc.Log[i].Hash}, nil
		}
	}
	return state.Head{}, hint(fmt.Errorf("no entry after %d records a tree, and none can be added here", seq), "Prove it where the log is written; a copy that is made then has the tree.")
}

// twoLines are the lines of two entries, the first one without some parts.
func twoLines(ctx context.Context, s *session.Session, seq, at uint64, parts state.Parts) (line, recorded []byte, err error) {
	lines, err := s.Lines(ctx)
	if err != nil {
		return nil, nil, err
	}
	n := uint64(0)
	for text, err := range lines {
		if err != nil {
			return nil, nil, err
		}
		switch n++; n {
		case seq:
			if line, _, err = state.Withhold(bytes.Clone(text), parts); err != nil {
				return nil, nil, err
			}
		case at:
			return line, bytes.Clone(text), nil
		}
	}
	return nil, nil, io.ErrUnexpectedEOF
}
