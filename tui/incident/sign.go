package incident

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// This file is signing the head at the screens: whoever came over SSH and offers their agent
// signs with the key that they came with. It is offered where a log changes hands, at a
// handover, a sitrep that goes out and the closing, and holds nothing up: it may wait for
// a touch as long as it likes.

// A Signer is a [World] that may have a person's own key at hand.
type Signer interface {
	// Signs reports whether there is one.
	Signs() bool
	// Sign signs the head that an incident has, and says by which key: text is what is
	// signed, with the signature, for somebody outside to keep.
	Sign(ctx context.Context, inc *state.Incident) (fingerprint, text string, err error)
}

// signer is who signs here; nil if there is nobody.
func (c *Case) signer() Signer {
	if s, ok := c.World.(Signer); ok && s.Signs() {
		return s
	}
	return nil
}

// noSign says why nothing is signed here; "" if it can be.
func noSign(o *Open) string {
	switch {
	case o.signer() != nil:
		return o.Cannot()
	case o.UI.SSH:
		return "Your agent was not offered: connect with ssh -A, and this signs with the key that you come with."
	}
	return "At the machine itself: muster sign."
}

// offersSign is what is said where a log changes hands, if whoever is here can sign it;
// "" else.
func (o *Open) offersSign() string {
	if noSign(o) != "" {
		return ""
	}
	return o.UI.KeyOf("sign") + " signs the log up to here with your own key, if you want to."
}

// sign signs the head as it is now, while all else goes on.
func sign(o *Open) tea.Cmd {
	signer, ctx, inc, asked := o.signer(), o.Ctx, o.Inc, o.UI.Asked()
	o.UI.Say("Your agent is asked to sign; it may want a touch" + o.UI.Theme.Glyphs.Saving)
	return func() tea.Msg {
		fingerprint, text, err := signer.Sign(ctx, inc)
		return signed{o, asked, inc.Head, fingerprint, text, err}
	}
}

// signed is a signature, or why there is none.
type signed struct {
	of          *Open
	asked       kit.Asked
	head        state.Head
	fingerprint string
	text        string
	err         error
}

// Deliver implements kit.Routed.
func (m signed) Deliver() tea.Cmd {
	o := m.of
	o.UI.Say("")
	if m.err != nil {
		return m.asked.Tell("Not signed", m.err.Error())
	}
	recorded := o.Record(state.RecordSignature{Head: m.head.Hash, Fingerprint: m.fingerprint, Namespace: state.SignatureNamespace})
	about := fmt.Sprintf("It is signed up to entry %d, by %s. Copy this, and keep it or give it to somebody outside: muster verify --signature FILE reads it.\n\n", m.head.Seq, clean.Line(m.fingerprint))
	return tea.Batch(recorded, m.asked.Show(&reader{of: o, title: "Signed", text: about + "```\n" + m.text + "```\n", copies: m.text}))
}

// noSign says why nothing is signed where a text is read; "" if it can be.
func (d *reader) noSign() string {
	if d.copies != "" {
		return "This is signed already."
	}
	return noSign(d.of)
}

func (d *reader) sign() tea.Cmd { return sign(d.of) }
