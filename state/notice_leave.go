package state

import (
	"fmt"
	"slices"
)

// KindNoticeLeaving is the kind of [NoticeLeaving].
const KindNoticeLeaving Kind = "notice.leaving"

// NoticeLeaving records that a notice is about to be handed to a channel. It stands in
// the log before anything leaves, so that whatever ends the program meanwhile, the log
// never says less than the world knows. What came of it is the entry that names this
// one: [NoticeSent], or [NoticeFailed]. Until there is one, it may have left.
type NoticeLeaving struct {
	Notice  string `json:"notice"`
	Version int    `json:"version"`
	SHA256  Hash   `json:"sha256" part:"notes"` // of the text
	Channel string `json:"channel" part:"names"`
	To      string `json:"to" part:"names"`
	How     string `json:"how"` // the channel's kind
}

// Kind is KindNoticeLeaving.
func (*NoticeLeaving) Kind() Kind { return KindNoticeLeaving }

// LeaveNotice makes notice.leaving. What refuses a [SendNotice] refuses it.
type LeaveNotice struct {
	Notice           string
	Version          int // 0 for the last draft
	Channel, To, How string
}

func (LeaveNotice) kind() Kind { return KindNoticeLeaving }

func (c LeaveNotice) decide(d *decision) Data {
	if d.inc.Mode == Drill {
		return d.refuse(Refusal{Reason: Invalid, Text: "In a drill nothing leaves.", Hint: "Record that it would have been sent."})
	}
	_, v, _ := d.sending(SendNotice{Notice: c.Notice, Version: c.Version, Channel: c.Channel, To: c.To, How: c.How})
	if v == nil {
		return nil
	}
	return &NoticeLeaving{Notice: c.Notice, Version: v.Number, SHA256: v.SHA256, Channel: c.Channel, To: c.To, How: c.How}
}

func (data *NoticeLeaving) effect(inc *Incident, e *Entry) {
	v := versionOf(inc, data.Notice, data.Version)
	if v == nil {
		return
	}
	leaving := Leaving{
		Notice: data.Notice, Version: data.Version, SHA256: data.SHA256, Channel: data.Channel, To: data.To, How: data.How,
		When: e.When(), By: e.By.Name, Seq: e.Seq,
	}
	if e.Override != nil {
		leaving.Overridden = e.Override.Why
	}
	v.Leaving = append(slices.Clip(v.Leaving), leaving)
}

func (data *NoticeLeaving) describe(inc *Incident, _ Entry) string {
	return fmt.Sprintf("began to send %s, version %d, by %s", noticeTitle(inc, data.Notice), data.Version, data.Channel) + sayTo(data.To)
}
