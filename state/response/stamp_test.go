package response

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
)

// TestStampIsAskedOverTheHead: the request has the head's hash, and a number of eight bytes that is
// random but for its length.
func TestStampIsAskedOverTheHead(t *testing.T) {
	inc := &state.Incident{Head: state.Head{Seq: 1, Hash: state.Sum([]byte("x"))}}
	for random, want := range map[string]string{
		"\x00\x00\x00\x00\x00\x00\x00\x00": "4000000000000000", "\xff\xff\xff\xff\xff\xff\xff\xff": "7fffffffffffffff", "\x81\x02\x03\x04\x05\x06\x07\x08": "4102030405060708",
	} {
		request, err := StampRequest(inc, strings.NewReader(random))
		if got := fmt.Sprintf("%x", request.Nonce); err != nil || got != want || !bytes.Equal(request.Hash, inc.Head.Hash[:]) {
			t.Errorf("of %x the request has the number %s and the hash %x, %v", random, got, request.Hash, err)
		}
	}
	if _, err := StampRequest(inc, strings.NewReader("short")); err == nil {
		t.Error("without random numbers there is a request")
	}
	if _, _, err := ReadStamp(inc, []byte("rubbish"), nil); err == nil || errors.Is(err, ErrOtherStamp) {
		t.Errorf("rubbish is an answer: %v", err)
	}
}

// TestHeadsOfALog: every hash that was its head is found with its entry, and no other.
func TestHeadsOfALog(t *testing.T) {
	inc := &state.Incident{}
	hash := func(seq int) state.Hash { return state.Sum([]byte{byte(seq)}) }
	for seq := 1; seq <= 3; seq++ {
		inc.Log = append(inc.Log, state.Entry{Seq: uint64(seq), Hash: hash(seq)})
	}
	for seq := 1; seq <= 3; seq++ {
		if head, ok := HeadOf(inc, hash(seq)); !ok || head.Seq != uint64(seq) || head.Hash != hash(seq) {
			t.Errorf("of entry %d the head is %+v, %v", seq, head, ok)
		}
	}
	if head, ok := HeadOf(inc, hash(4)); ok || head != (state.Head{}) {
		t.Errorf("of none the head is %+v", head)
	}
}

// TestOwnContactsArePrivate: a person's own list is taken whole, and no way on it is for a log.
func TestOwnContactsArePrivate(t *testing.T) {
	own := OwnContacts([]runbooks.OwnContact{{ID: "a", Title: "Ann", Role: "board", Hours: "day", Note: "first", Reach: []string{"tel:+1", "tel:+2"}}, {ID: "b", Title: "Ben"}})
	if len(own) != 2 || fmt.Sprint(own[0]) != fmt.Sprint(Contact{"a", "Ann", "board", "day", "first", []Way{{"tel:+1", true}, {"tel:+2", true}}, nil}) || own[1].ID != "b" || own[1].Title != "Ben" || len(own[1].Reach) > 0 {
		t.Errorf("they are %+v", own)
	}
	if none := OwnContacts(nil); none == nil || len(none) > 0 {
		t.Errorf("of none they are %#v", none)
	}
}
