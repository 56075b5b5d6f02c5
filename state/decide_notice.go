package state

import (
	"fmt"
	"slices"
	"strings"
)

// maxClaims bounds the claims of one notice.
const maxClaims = 200

// notice is the notice a command names; nil if it was refused.
func (d *decision) notice(id string) *Notice {
	n := d.inc.Notice(id)
	if n == nil {
		var ids []string
		for i := range d.inc.Notices {
			ids = append(ids, d.inc.Notices[i].ID)
		}
		d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no notice %q in this incident.", id), Hint: "The notices are: " + strings.Join(ids, ", ") + "."})
	}
	return n
}

// version is a notice's text by number, 0 for the last; nil if it was refused.
func (d *decision) version(n *Notice, number int) *NoticeVersion {
	last := n.Last()
	switch {
	case last == nil:
		d.refuse(Refusal{Reason: Missing, Text: fmt.Sprintf("%s has no text yet.", n.Title()), Hint: "Draft it first."})
		return nil
	case last.Withheld.Has(Notes):
		d.refuse(Refusal{Reason: Missing, Seq: last.Seq, Text: fmt.Sprintf("The text of %s is withheld from this copy of the log.", n.Title()), Hint: "Draft it anew."})
		return nil
	case number == 0 || number == last.Number:
		return last
	}
	d.refuse(Refusal{Reason: Invalid, Seq: last.Seq, Text: fmt.Sprintf("Version %d of %s is not its last one: %s drafted version %d at %s.", number, n.Title(), last.By, last.Number, d.clock(last.When)),
		Hint: "Read the last version."})
	return nil
}

func (c DraftNotice) decide(d *decision) Data {
	d.text("the text", c.Text, MaxText)
	n := d.inc.Notice(c.Notice)
	if n == nil {
		return c.free(d)
	}
	data := &NoticeDrafted{Notice: n.ID, Version: len(n.Versions) + 1, Text: c.Text, Claims: c.Claims, Basis: d.inc.basis(n)}
	if c.Text == "" {
		data.Text, data.Claims = d.inc.Draft(n)
		if c.Claims != nil {
			data.Claims = c.Claims
		}
	}
	d.need("the text", data.Text, MaxText)
	return d.draft(data)
}

// free drafts a notice that no runbook has.
func (c DraftNotice) free(d *decision) Data {
	if c.Title == "" {
		d.notice(c.Notice)
		return nil
	}
	if !plainID(c.Notice) {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot be a notice's id.", c.Notice), Hint: "An id is a–z, 0–9 and dashes."})
	}
	d.need("the title", c.Title, MaxTitle)
	d.text("the audience", c.Audience, MaxTitle)
	d.need("the text", c.Text, MaxText)
	return d.draft(&NoticeDrafted{Notice: c.Notice, Title: c.Title, Audience: c.Audience, Version: 1, Text: c.Text, Claims: c.Claims})
}

func (d *decision) draft(data *NoticeDrafted) Data {
	if len(data.Claims) > maxClaims {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("A notice makes at most %d claims.", maxClaims)})
	}
	for _, claim := range data.Claims {
		if d.inc.Service(claim.Service) == nil {
			return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no service %q in this incident.", claim.Service)})
		}
		if !slices.Contains(ServiceStates(), claim.State) {
			return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("There is no state %q.", claim.State), Hint: stateHint()})
		}
	}
	return data
}

func (c ApproveNotice) decide(d *decision) Data {
	n := d.notice(c.Notice)
	if n == nil {
		return nil
	}
	v := d.version(n, c.Version)
	if v == nil {
		return nil
	}
	if v.ApprovedBy != "" {
		return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("Version %d of %s was approved by %s at %s.", v.Number, n.Title(), v.ApprovedBy, d.clock(v.ApprovedAt))})
	}
	if role := d.inc.Role(n.Def.Approver); role != nil && role.Person != d.stamp.By.Name {
		d.refuse(Refusal{Reason: NotApprover, Overridable: true, Text: fmt.Sprintf("%s is approved by the %s (%s), and you are %s.", n.Title(), role.Def.Title, orNobody(role.Person), d.stamp.By.Name),
			Hint: "Ask that person, or take the role."})
	}
	return &NoticeApproved{Notice: n.ID, Version: v.Number, SHA256: v.SHA256}
}

func (c SendNotice) decide(d *decision) Data {
	d.need("the channel", c.Channel, MaxTitle)
	d.text("the recipient", c.To, MaxTitle)
	n := d.notice(c.Notice)
	if n == nil {
		return nil
	}
	v := d.version(n, c.Version)
	if v == nil {
		return nil
	}
	how := c.How
	if how == "" {
		how = "by hand"
	}
	if n.Def.Approver != "" && v.ApprovedBy == "" {
		d.refuse(Refusal{Reason: NotApproved, Overridable: true, Text: fmt.Sprintf("Version %d of %s is not approved.", v.Number, n.Title()),
			Hint: fmt.Sprintf("Ask the %s to approve it.", n.Def.Approver)})
	}
	d.filledIn(v)
	known := d.gate(v)
	data := &NoticeSent{
		Notice: n.ID, Version: v.Number, Text: v.Text, SHA256: v.SHA256, Channel: c.Channel, To: c.To, How: how,
		Simulated: d.inc.Mode == Drill, LogHead: d.inc.Head.Hash, Claims: known,
	}
	data.KnownBy = takeNames(known)
	if before, sent := n.LastSent(); before != nil && before.Number != v.Number {
		data.Corrects = append(data.Corrects, sent.Seq)
	}
	for _, id := range n.Def.Corrects {
		if other := d.inc.Notice(d.inc.Books[n.Book].id(id)); other != nil {
			if _, sent := other.LastSent(); sent != nil {
				data.Corrects = append(data.Corrects, sent.Seq)
			}
		}
	}
	return data
}

// gate refuses, softly, to say more than is known: the claim gate.
func (d *decision) gate(v *NoticeVersion) []ClaimKnown {
	known := d.inc.Known(v.Claims)
	for _, claim := range known {
		if claim.Holds {
			continue
		}
		text := "It says that " + d.inc.differs(claim)
		if claim.Since != nil {
			text += fmt.Sprintf(" (%s, %s)", claim.By, d.clock(*claim.Since))
		}
		d.refuse(Refusal{Reason: Unverified, Overridable: true, Text: text + ".", Hint: "Verify it, or take it out of the text."})
	}
	return known
}

// takeNames takes the names out of what was known: they stand apart in an entry.
func takeNames(known []ClaimKnown) (names []string) {
	some := false
	for i := range known {
		names = append(names, known[i].By)
		some = some || known[i].By != ""
		known[i].By = ""
	}
	if !some {
		return nil
	}
	return names
}

func (c FailNotice) decide(d *decision) Data {
	d.need("why it failed", c.Why, MaxText)
	n := d.notice(c.Notice)
	if n == nil {
		return nil
	}
	v := d.version(n, c.Version)
	if v == nil {
		return nil
	}
	return &NoticeFailed{Notice: n.ID, Version: v.Number, Channel: c.Channel, Why: c.Why}
}
