package export

import (
	"testing"

	"muster/state"
	"muster/state/view"
)

// TestStatusOfANotice: a version that is not out does not hide one that is, and in a drill
// nothing was sent.
func TestStatusOfANotice(t *testing.T) {
	none, sent, simulated := []view.Sending(nil), []view.Sending{{}}, []view.Sending{{Simulated: true}}
	for _, c := range []struct {
		status   state.NoticeStatus
		versions [][]view.Sending
		want     markdown
	}{
		{state.Draft, [][]view.Sending{none}, "Status: **draft**"},
		{state.Sent, [][]view.Sending{sent}, "Status: **sent**"},
		{state.Sent, [][]view.Sending{simulated}, "Status: **would have been sent**"},
		{state.Stale, [][]view.Sending{sent}, "Status: **stale**"},
		{state.Draft, [][]view.Sending{none, none}, "Status: **draft**"},
		{state.Approved, [][]view.Sending{sent, none}, "Status of version 2: **approved**; version 1 was sent"},
		{state.Draft, [][]view.Sending{sent, sent, none, none}, "Status of version 4: **draft**; version 2 was sent"},
		{state.Draft, [][]view.Sending{simulated, none}, "Status of version 2: **draft**; version 1 would have been sent"},
		{state.Sent, [][]view.Sending{none, sent}, "Status: **sent**"},
	} {
		n := &view.NoticeRecord{Notice: view.Notice{Status: c.status}}
		for i, out := range c.versions {
			n.Versions = append(n.Versions, view.Version{Version: i + 1, Sent: out})
		}
		if got := statusOf(n); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
