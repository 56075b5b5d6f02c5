package main

import (
	"context"
	"io"
	"iter"

	"muster/state"
	"muster/state/export"
	"muster/state/session"
)

// An exporting is what is written out: an incident, or a copy of it without some parts, as
// of now or of a moment before.
type exporting struct {
	e        *env
	s        *session.Session
	inc      *state.Incident
	whole    *state.Incident // without anything withheld
	withheld state.Parts
	choice   state.Choice
	shape    shapeFlags
	live     export.Live
	damage   *state.Damage // why what is written out is not all of the log
}

// lines are those of the log that is written out.
func (x *exporting) lines(ctx context.Context) (iter.Seq2[[]byte, error], error) {
	lines, err := withoutParts(ctx, x.s, x.withheld)
	if err != nil || x.inc.Past == nil {
		return lines, err
	}
	return func(yield func([]byte, error) bool) {
		left := len(x.inc.Log)
		for line, err := range lines {
			if left--; !yield(line, err) || err != nil || left == 0 {
				return
			}
		}
	}, nil
}

// sayNaming says what of a copy without names still has one.
func (x *exporting) sayNaming(ctx context.Context) error {
	if !x.withheld.Has(state.Names) {
		return nil
	}
	lines, err := x.lines(ctx)
	if err == nil {
		sayNaming(x.e, x.whole, lines)
	}
	return err
}

// write writes the export; a *state.Damage says that it is not all of the
// log.
func (x *exporting) write(ctx context.Context, w io.Writer, format export.Format) error {
	if format == export.Lines {
		lines, err := x.lines(ctx)
		if err != nil {
			return err
		}
		if x.withheld == 0 {
			return export.CopyLines(w, lines) // which the log has verified
		}
		_, err = export.WriteLines(w, lines)
		return err
	}
	opts := export.Options{Program: program(), Damage: x.damage, Zone: x.e.zone, ByOccurred: x.choice.Occurred, Choice: x.choice,
		Report: x.shape.report, Audience: x.shape.audience, Live: x.live}
	if x.withheld != 0 {
		opts.Whole, opts.Withheld = x.whole, x.withheld
	}
	var err error
	if format == export.Bundle {
		err = export.WriteBundle(w, export.BundleOf{Incident: x.inc, Options: opts,
			Lines:    func() (iter.Seq2[[]byte, error], error) { return x.lines(ctx) },
			Evidence: func(sum state.Hash) (io.ReadCloser, error) { return x.s.Evidence(ctx, sum) }})
	} else {
		err = export.Write(w, x.inc, format, opts)
	}
	if err == nil && x.damage != nil {
		return x.damage
	}
	return err
}
