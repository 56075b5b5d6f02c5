package state

import "fmt"

// KindTitleChanged is the kind of [TitleChanged].
const KindTitleChanged Kind = "title.changed"

// TitleChanged records that the incident is called otherwise from now on.
type TitleChanged struct {
	Title string `json:"title" part:"notes"`
	Why   string `json:"why" part:"notes" text:"amend"`
}

// Kind is KindTitleChanged.
func (*TitleChanged) Kind() Kind { return KindTitleChanged }

// SetTitle makes title.changed.
type SetTitle struct{ Title, Why string }

func (SetTitle) kind() Kind { return KindTitleChanged }

func (c SetTitle) decide(d *decision) Data {
	d.need("title", "the title", c.Title, MaxTitle)
	if c.Title == d.inc.Title {
		return d.refuse(Refusal{Reason: AlreadySo, Field: "title", Text: fmt.Sprintf("The title is %q already.", c.Title)})
	}
	d.need("why", "the reason", c.Why, MaxText)
	return &TitleChanged{Title: c.Title, Why: c.Why}
}

func (data *TitleChanged) effect(inc *Incident, _ *Entry) { inc.Title = data.Title }

func (data *TitleChanged) describe(*Incident, Entry) string {
	return fmt.Sprintf("title %q", data.Title) + said(data.Why)
}
