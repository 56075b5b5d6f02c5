package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/outside"
	"muster/state/response"
	"muster/state/session"
	"muster/state/tsp"
	"muster/state/view"
)

// stampOptions are what muster stamp is told.
type stampOptions struct {
	to, authority, add, request string
	private, force              bool
	override                    string
}

func stampCommand(e *env) *cobra.Command {
	var o stampOptions
	cmd := &cobra.Command{
		Use: "stamp [INCIDENT]", Short: "Have a time-stamping authority stamp the head (RFC 3161)", Args: arguments(0, 1),
		Long: `Have an authority outside sign that the head was there at a time. Up to the entry that it
stamped, nobody can then say that the log was written later.

Without a network: write the request, carry it, and add the answer.

    muster stamp -o head.tsq           the request: a hash, and nothing else of the log
    muster stamp --add head.tsr        the answer, checked against head.tsq beside it

With one, --tsa URL does both at once. In a drill nothing is sent out.

The answer is kept with the evidence, and that there is one is recorded. Give a copy to
somebody outside too. Whether the authority's signature is good is not looked at here:
muster verify --tsa-ca FILE does that, and so does openssl ts -verify.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.authority != "" && o.add != "" {
				return usagef("--tsa asks for a stamp, and --add takes one that came: give one of them")
			}
			if o.request != "" && o.add == "" {
				return usagef("--request is what an answer is held against: give that with --add")
			}
			return stampHead(cmd.Context(), e, optional(args), o)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.to, "output", "o", "", "where to write the request, or with --tsa the answer (INCIDENT-ENTRIES.tsq or .tsr here; - for standard output)")
	f.StringVar(&o.authority, "tsa", "", "the address of an authority: https://…")
	f.StringVar(&o.add, "add", "", "the file with an answer; - for standard input")
	f.StringVar(&o.request, "request", "", "the request that it answers (the file beside it that ends in .tsq)")
	f.BoolVar(&o.private, "private", false, "ask an authority at a private address too, from now on in this incident")
	f.BoolVar(&o.force, "force", false, "replace a file that is there")
	f.StringVar(&o.override, "override", "", "why it is recorded although it was refused")
	return cmd
}

func stampHead(ctx context.Context, e *env, id string, o stampOptions) error {
	s, err := e.open(ctx, id, o.authority == "" && o.add == "")
	if err != nil {
		return err
	}
	defer s.Close()
	switch {
	case o.add != "":
		return addStamp(ctx, e, s, o)
	case o.authority != "":
		return askStamp(ctx, e, s, o)
	}
	return writeRequest(e, s.Incident(), o)
}

// stampFile is where a request or an answer goes, unless that was said.
func stampFile(inc *state.Incident, said, ext string) string {
	if said != "" {
		return said
	}
	return stampName(inc, inc.Head.Seq, ext)
}

// stampName is a file's name by the incident and an entry. An id is what the log says, so
// that one which is no word, and might lead elsewhere, is left out.
func stampName(inc *state.Incident, seq uint64, ext string) string {
	id := view.IDOf(inc)
	if id == "" || !isWord(id, "-") {
		id = "incident"
	}
	return fmt.Sprintf("%s-%d%s", id, seq, ext)
}

func headOf(head state.Head) view.LogHead {
	return view.LogHead{Seq: head.Seq, Hash: head.Hash, Code: head.Hash.Code()}
}

// writeRequest writes what an authority is to be given.
func writeRequest(e *env, inc *state.Incident, o stampOptions) error {
	request, err := response.StampRequest(inc, e.random)
	if err != nil {
		return err
	}
	text, err := request.DER()
	if err != nil {
		return err
	}
	if o.to == "-" {
		if toTerminal(e) {
			return usage(hint(errors.New("a request is a file of bytes, and nothing for a terminal"), "Give the file to write with -o FILE.tsq."))
		}
		_, err := e.out.Write(text)
		return err
	}
	to := stampFile(inc, o.to, ".tsq")
	if err := writeFile(e, to, text, o.force); err != nil {
		return err
	}
	answer := strings.TrimSuffix(to, ".tsq") + ".tsr"
	return e.print(view.Stamping{ID: view.Text(view.IDOf(inc)), Head: headOf(inc.Head), Request: to}, func() error {
		_, err := fmt.Fprintf(e.out, "%s%s: the request for a stamp over entry %d, %s. It holds that hash and nothing else of the log.\n"+
			"Have it answered, on any machine:\n    curl -H 'Content-Type: %s' --data-binary @%s -o %s https://…\nthen: muster stamp --add %s\n",
			exercise(inc), clean.Line(to), inc.Head.Seq, inc.Head.Hash.Code(), tsp.QueryType, clean.Line(to), clean.Line(answer), clean.Line(answer))
		return err
	})
}

// notStamped says that nothing came of asking, and what else can be done.
func notStamped(err error) error {
	stopped := fmt.Errorf("nothing was stamped: %w", err)
	if said := (hintError{}); errors.As(err, &said) {
		return hint(stopped, "%s", said.hint)
	}
	return hint(stopped, "Try again, or another authority; or write the request with muster stamp -o FILE.tsq and carry it.")
}

// maxAllowed is how often one asking may lead to a private address that must be allowed first.
const maxAllowed = 3

// askStamp asks an authority, and records what it answers.
func askStamp(ctx context.Context, e *env, s *session.Session, o stampOptions) error {
	if s.Incident().Mode == state.Drill {
		return hint(outside.ErrDrillStamp, "Write the request with muster stamp -o FILE.tsq. What somebody else stamps of it is taken with --add.")
	}
	if o.to == "-" {
		return usagef("--tsa writes the answer to a file: name it with -o FILE.tsr, or leave -o out")
	}
	if err := s.Writable(); err != nil {
		return err
	}
	if err := notThere(e, o.force, stampFile(s.Incident(), o.to, ".tsr")); err != nil {
		return err
	}
	answer, request, err := askAuthority(ctx, e, s, o)
	if err != nil {
		return notStamped(err)
	}
	record, _, err := response.ReadStamp(s.Incident(), answer, &request)
	if err != nil {
		return hint(fmt.Errorf("nothing was stamped, and nothing is recorded: what %s answered is no stamp of this head: %w", outside.Address(o.authority), err), "Ask another authority.")
	}
	head, _ := response.HeadOf(s.Incident(), record.Head)
	to := o.to
	if to == "" {
		to = stampName(s.Incident(), head.Seq, ".tsr")
	}
	if err := writeFile(e, to, answer, o.force); err != nil {
		return err
	}
	err = recordStamp(ctx, e, s, record, answer, to, o.override)
	if errors.Is(err, state.ErrNotSaved) || ctx.Err() != nil {
		return hint(err, "The stamp is good all the same, in %s: take it again with --add.", to)
	}
	return err
}

// askAuthority sends the request for the head that stands now. A private address is allowed
// first, if the person says so: that is an entry, so that the head is another one then.
func askAuthority(ctx context.Context, e *env, s *session.Session, o stampOptions) ([]byte, tsp.Request, error) {
	for range maxAllowed {
		inc := s.Incident()
		request, err := response.StampRequest(inc, e.random)
		if err != nil {
			return nil, request, err
		}
		text, err := request.DER()
		if err != nil {
			return nil, request, err
		}
		done := e.waitingFor(outside.Address(o.authority))
		answer, err := newReach(e).Stamp(ctx, inc, o.authority, text)
		done()
		var private *state.PrivateError
		switch {
		case ctx.Err() != nil:
			return nil, request, ctx.Err()
		case errors.As(err, &private) && !o.private:
			return nil, request, hint(fmt.Errorf("%s is private, or leads to a private address, and nobody has allowed to ask it", private.Target), "If it is meant, allow it, once: muster stamp --private --tsa …")
		case errors.As(err, &private):
			if _, err := s.Do(ctx, state.Action{Command: state.AllowTargets{Targets: []string{private.Target}}}); err != nil {
				return nil, request, err
			}
			continue
		}
		return answer, request, err
	}
	return nil, tsp.Request{}, errors.New("it leads from one private address to the next")
}

// addStamp records an answer that came by another way.
func addStamp(ctx context.Context, e *env, s *session.Session, o stampOptions) error {
	answer, err := readAnswer(e, o.add)
	if err != nil {
		return err
	}
	request, held, err := requestOf(o)
	if err != nil {
		return err
	}
	record, _, err := response.ReadStamp(s.Incident(), answer, request)
	if err != nil {
		err = fmt.Errorf("%s: %w", clean.Line(o.add), err)
		if errors.Is(err, response.ErrOtherStamp) {
			return hint(err, "It was held against %s. If it answers another request, name that with --request FILE.tsq.", held)
		}
		return err
	}
	return recordStamp(ctx, e, s, record, answer, o.add, o.override)
}

// readAnswer reads a file with an answer, or standard input.
func readAnswer(e *env, name string) ([]byte, error) {
	if name != "-" {
		if err := e.away(); err != nil {
			return nil, err
		}
		return readSmall(name, tsp.MaxAnswer)
	}
	answer, err := io.ReadAll(io.LimitReader(e.in, tsp.MaxAnswer+1))
	if err == nil && len(answer) > tsp.MaxAnswer {
		err = fmt.Errorf("standard input has more than %d bytes, and no answer has", tsp.MaxAnswer)
	}
	return answer, err
}

// requestOf is the request that an answer is held against, and its file; nil if there is none.
func requestOf(o stampOptions) (*tsp.Request, string, error) {
	name := o.request
	if name == "" && o.add != "-" {
		name = strings.TrimSuffix(o.add, filepath.Ext(o.add)) + ".tsq"
		if _, err := os.Lstat(name); err != nil {
			return nil, "", nil
		}
	}
	if name == "" {
		return nil, "", nil
	}
	text, err := readSmall(name, tsp.MaxRequest)
	if err != nil {
		return nil, name, err
	}
	request, err := tsp.ParseRequest(text)
	if err != nil {
		return nil, name, fmt.Errorf("%s: %w", name, err)
	}
	return &request, name, nil
}

// recordStamp keeps an answer beside the log, and records it.
func recordStamp(ctx context.Context, e *env, s *session.Session, record state.RecordStamp, answer []byte, from, override string) error {
	record.Name, record.SHA256, record.Size = filepath.Base(from), state.Sum(answer), int64(len(answer))
	if head, ok := response.HeadOf(s.Incident(), record.Head); from == "-" && ok {
		record.Name = stampName(s.Incident(), head.Seq, ".tsr")
	}
	action := state.Action{Command: record, Override: override}
	if err := response.Refused(s.Incident(), action, whoActs(e, s)); err != nil {
		return err
	}
	if err := keepBytes(ctx, s, answer); err != nil {
		return err
	}
	inc, err := s.Do(ctx, action)
	if err != nil {
		return notSaved(e, time.Time{}, err)
	}
	head, _ := response.HeadOf(inc, record.Head)
	v := view.Stamping{ID: view.Text(view.IDOf(inc)), Head: headOf(head), Answer: from, At: &record.Time, Authority: record.Authority, Recorded: inc.Head.Seq}
	return e.print(v, func() error {
		_, err := fmt.Fprintf(e.out, "%s%s\nIt is kept with the evidence. Give a copy to somebody outside. The authority's signature was not checked; with its certificates this does:\n"+
			"    openssl ts -verify -digest %s -in %s -CAfile FILE.pem\n    muster verify --tsa-ca FILE.pem\n",
			exercise(inc), strings.TrimLeft(e.line(inc, v.Recorded), " "), head.Hash, clean.Line(record.Name))
		return err
	})
}

// keepBytes puts bytes beside the log.
func keepBytes(ctx context.Context, s *session.Session, data []byte) error {
	file, err := os.CreateTemp("", "muster-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = io.Copy(file, bytes.NewReader(data))
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	_, err = s.Keep(ctx, file.Name(), nil)
	return err
}
