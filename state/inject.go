package state

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"muster/runbooks"
)

// Delivery is the inject of this id, if it was delivered; else nil.
func (x *Exercise) Delivery(inject string) *Delivery {
	for i := range x.Delivered {
		if x.Delivered[i].Inject == inject {
			return &x.Delivered[i]
		}
	}
	return nil
}

// Find is the inject that a person means: by id, or by the number under which it
// was delivered. nil if there is none.
func (x *Exercise) Find(ref string) *Delivery {
	if number, err := strconv.Atoi(strings.TrimPrefix(ref, "#")); err == nil {
		for i := range x.Delivered {
			if x.Delivered[i].Number == number {
				return &x.Delivered[i]
			}
		}
	}
	return x.Delivery(ref)
}

// delivered names what was delivered.
func (x *Exercise) delivered() []Named {
	all := make([]Named, len(x.Delivered))
	for i := range all {
		all[i] = Named{ID: x.Delivered[i].Inject, Number: strconv.Itoa(x.Delivered[i].Number)}
	}
	return all
}

// Unacknowledged lists the injects that a person should acknowledge: those to a role
// that the person, or nobody, holds, while nobody has, and those to all that the
// person has not.
func (inc *Incident) Unacknowledged(person string) []*Delivery {
	var list []*Delivery
	for i := range inc.Exercise.Delivered {
		d := &inc.Exercise.Delivered[i]
		role := inc.Role(d.To)
		switch {
		case role == nil && d.AckedBy(person), role != nil && len(d.Acks) > 0:
		case role == nil || role.Person == "" || runbooks.SameName(role.Person, person):
			list = append(list, d)
		}
	}
	return list
}

// KindInjectDelivered is the kind of [InjectDelivered].
const KindInjectDelivered Kind = "inject.delivered"

// InjectDelivered records what the players were told. What was expected of them
// stands in the scenario alone.
type InjectDelivered struct {
	Inject string `json:"inject"` // its id in the scenario; adhoc-1, adhoc-2 … if made on the spot
	Number int    `json:"number"` // 1 for the first that was delivered
	Again  bool   `json:"again,omitempty"`
	From   string `json:"from" part:"names"`
	To     string `json:"to"` // a role's id, or all
	Via    string `json:"via" part:"notes"`
	Text   string `json:"text" part:"notes" text:"said"`
	Files  []Kept `json:"files,omitempty" part:"evidence"`
	// World is what checks show from then on, by service, of an inject that was
	// made on the spot: no scenario says it.
	World map[string]string `json:"world,omitempty" part:"notes"`
}

// Kind is KindInjectDelivered.
func (*InjectDelivered) Kind() Kind { return KindInjectDelivered }

// maxKept bounds the files that come with one inject.
const maxKept = 20

// DeliverInject makes inject.delivered, whatever the exercise clock says.
type DeliverInject struct {
	Inject, From, To, Via, Text string
	Files                       []Kept // put beside the log before
	Again                       bool   // it was delivered before, and is once more
}

func (DeliverInject) kind() Kind { return KindInjectDelivered }

func (c DeliverInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	if !plainID(c.Inject) || strings.HasPrefix(c.Inject, adHoc) {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot be the id of a scenario's inject.", c.Inject)})
	}
	d.message(c.From, c.To, c.Via, c.Text)
	if len(c.Files) > maxKept {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("At most %d files come with one inject.", maxKept)})
	}
	for _, file := range c.Files {
		d.need("files", "the file's name", file.Name, MaxTitle)
		if file.SHA256.IsZero() || file.Size < 0 {
			d.refuse(Refusal{Reason: Missing, Text: "The file's hash is missing."})
		}
	}
	data := &InjectDelivered{Inject: c.Inject, Number: newNamer(d.inc).inject(c.Inject), Again: c.Again, From: c.From, To: c.To, Via: c.Via, Text: c.Text, Files: c.Files}
	before := d.inc.Exercise.Delivery(c.Inject)
	switch {
	case before != nil && !c.Again:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: before.Seq, Text: fmt.Sprintf("The inject %s was delivered by %s at %s, as number %d.", c.Inject, before.By, d.clock(before.When), before.Number),
			Hint: "Repeat it if it was not heard.", Acts: []Act{{Deed: DeedRepeat, Of: c.Inject}}})
	case before == nil && c.Again:
		return d.refuse(Refusal{Reason: WrongStatus, Text: fmt.Sprintf("The inject %s was not delivered yet.", c.Inject), Hint: "Deliver it.", Acts: []Act{{Deed: DeedDeliver, Of: c.Inject}}})
	case before != nil:
		data.Number = before.Number
	}
	return data
}

// message checks what the players are told.
func (d *decision) message(from, to, via, text string) {
	d.need("from", "who speaks", from, 4*MaxTitle)
	d.need("via", "the way it comes", via, 4*MaxTitle)
	d.need("text", "the text", text, MaxText)
	if to != runbooks.Everybody && d.inc.Role(to) == nil {
		d.none(NounRole, to)
	}
}

// AddInject makes inject.delivered for one that no scenario has.
type AddInject struct {
	From, To, Via, Text string
	World               map[string]string // what checks show from now on, by service
}

func (AddInject) kind() Kind { return KindInjectDelivered }

func (c AddInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.message(c.From, c.To, c.Via, c.Text)
	for _, id := range slices.Sorted(maps.Keys(c.World)) {
		if d.inc.Service(id) == nil {
			return d.none(NounService, id)
		}
		if _, err := runbooks.ParseSeen(c.World[id]); err != nil {
			return d.refuse(Refusal{Reason: Invalid, Text: capital(err.Error()) + "."})
		}
		d.text("world", "what is seen", c.World[id], 4*MaxTitle)
	}
	names := newNamer(d.inc)
	id := names.adHoc()
	return &InjectDelivered{Inject: id, Number: names.inject(id), From: c.From, To: c.To, Via: c.Via, Text: c.Text, World: c.World}
}

func (data *InjectDelivered) makes() called {
	return called{thing{"inject", data.Inject}, data.Number}
}

func (data *InjectDelivered) effect(inc *Incident, e *Entry) {
	x := &inc.Exercise
	if d := x.Delivery(data.Inject); d != nil {
		d.Times = append(slices.Clip(d.Times), e.Seq)
		return
	}
	x.Delivered = append(slices.Clip(x.Delivered), Delivery{
		Inject: data.Inject, Number: data.Number, From: data.From, To: data.To, Via: data.Via, Text: data.Text, Files: data.Files, World: data.World,
		When: e.When(), At: x.AtEntry(*e), By: e.By.Name, Seq: e.Seq, Times: []uint64{e.Seq},
	})
}

// ByWay says by which way a message came or went, in a sentence: by phone, in person; and by
// hand or everywhere the first went, where that is what its sender called the channel.
func ByWay(via string) string {
	if strings.HasPrefix(via, "in ") || strings.HasPrefix(via, "by ") || strings.HasPrefix(via, "everywhere ") {
		return via
	}
	return "by " + via
}

func (data *InjectDelivered) describe(inc *Incident, e Entry) string {
	to, again := data.To, ""
	if role := inc.Role(data.To); role != nil {
		to = role.Def.Title
	}
	if data.Again {
		again = " again"
	}
	text := fmt.Sprintf("inject %d%s to %s, from %s, %s", data.Number, again, to, data.From, ByWay(data.Via)) + said(data.Text)
	for _, file := range data.Files {
		text += fmt.Sprintf(", with %q, sha256 %.12s…", file.Name, file.SHA256)
	}
	if e.Withheld.Has(Evidence) {
		text += ", with files " + WithheldText
	}
	return text
}

// KindInjectAcknowledged is the kind of [InjectAcknowledged].
const KindInjectAcknowledged Kind = "inject.acknowledged"

// InjectAcknowledged records that a player has taken an inject.
type InjectAcknowledged struct {
	Inject string `json:"inject"`
	Number int    `json:"number"`
	Note   string `json:"note,omitempty" part:"notes" text:"amend"`
	// Entry is what was done in answer to it, where somebody says which entry that is.
	Entry uint64 `json:"entry,omitempty" entry:"of"`
}

// Kind is KindInjectAcknowledged.
func (*InjectAcknowledged) Kind() Kind { return KindInjectAcknowledged }

func (data *InjectAcknowledged) roleOf(inc *Incident) string {
	if d := inc.Exercise.Delivery(data.Inject); d != nil {
		return d.To
	}
	return ""
}

// AcknowledgeInject makes inject.acknowledged.
type AcknowledgeInject struct {
	Inject string // its id, or the number under which it was delivered
	Note   string
	Entry  uint64 // what was done in answer to it; 0 if this only says that it has come
}

func (AcknowledgeInject) kind() Kind { return KindInjectAcknowledged }

func (c AcknowledgeInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.text("note", "the note", c.Note, MaxText)
	got := d.inc.Exercise.Find(c.Inject)
	if got == nil {
		return d.noneOf("inject", notIn(NounInject, " among those that were delivered", c.Inject, d.inc.Exercise.delivered()))
	}
	if c.Entry != 0 {
		return d.answers(c, got)
	}
	if d.inc.Closed != nil {
		return d.refuseClosed()
	}
	for _, ack := range got.Acks {
		if runbooks.SameName(ack.By, d.stamp.By.Name) && c.Note == "" {
			return d.refuse(Refusal{Reason: AlreadySo, Seq: ack.Seq, Text: fmt.Sprintf("You acknowledged inject %d at %s.", got.Number, d.clock(ack.When))})
		}
	}
	return &InjectAcknowledged{Inject: got.Inject, Number: got.Number, Note: c.Note}
}

// answers links an entry as the answer to an inject. It may be done after the end, by
// who evaluates; what is linked must be what a player recorded before it.
func (d *decision) answers(c AcknowledgeInject, got *Delivery) Data {
	e, ok := d.inc.Entry(c.Entry)
	switch {
	case !ok:
		return d.refuse(Refusal{Reason: NotFound, Field: "entry", Text: fmt.Sprintf("There is no entry %d.", c.Entry), Hint: "The timeline lists the entries with their numbers."})
	case d.table.is(e.Kind, noAct|facilitators|ofProgram) || e.Kind == KindInjectAcknowledged:
		return d.refuse(Refusal{Reason: Invalid, Field: "entry", Text: fmt.Sprintf("Entry %d is nothing that a player did.", c.Entry), Hint: "Link what was done, decided or noted."})
	case d.inc.retracted[e.Seq] != 0:
		return d.refuse(Refusal{Reason: Invalid, Field: "entry", Text: fmt.Sprintf("Entry %d was retracted by entry %d.", c.Entry, d.inc.retracted[e.Seq])})
	case e.Seq < got.Seq || e.When().Before(got.When):
		return d.refuse(Refusal{Reason: Invalid, Field: "entry", Text: fmt.Sprintf("Entry %d is of before inject %d was delivered, at %s.", c.Entry, got.Number, d.clock(got.When))})
	case d.inc.Closed != nil && e.Seq >= d.inc.Closed.Seq:
		return d.refuse(Refusal{Reason: Closed, Seq: d.inc.Closed.Seq, Field: "entry", Text: fmt.Sprintf("Entry %d was recorded after the drill was closed, by entry %d, and answers nothing in it.", c.Entry, d.inc.Closed.Seq),
			Hint: "Link what was recorded before."})
	}
	for _, ack := range got.Acks {
		if ack.Entry == c.Entry {
			return d.refuse(Refusal{Reason: AlreadySo, Seq: ack.Seq, Text: fmt.Sprintf("Entry %d was linked to inject %d by %s at %s.", c.Entry, got.Number, ack.By, d.clock(ack.When))})
		}
	}
	return &InjectAcknowledged{Inject: got.Inject, Number: got.Number, Note: c.Note, Entry: c.Entry}
}

func (data *InjectAcknowledged) effect(inc *Incident, e *Entry) {
	if d := inc.Exercise.Delivery(data.Inject); d != nil {
		d.Acks = append(slices.Clip(d.Acks), Ack{By: e.By.Name, When: e.When(), Note: data.Note, Entry: data.Entry, Seq: e.Seq})
	} else {
		inc.Unresolved++
	}
}

func (data *InjectAcknowledged) describe(*Incident, Entry) string {
	if data.Entry != 0 {
		return fmt.Sprintf("linked entry %d as the answer to inject %d", data.Entry, data.Number) + said(data.Note)
	}
	return fmt.Sprintf("acknowledged inject %d", data.Number) + said(data.Note)
}
