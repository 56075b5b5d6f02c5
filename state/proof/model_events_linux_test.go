package proof

import (
	"fmt"
	"slices"
	"strings"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
)

// begin is a world with an incident of a few entries, all said to be saved, and
// processes that are about to open it.
func (x *explorer) begin(notes []int) *modelWorld {
	const book = "title = \"Book\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"A\"\n"
	w := &modelWorld{events: int8(x.events), turn: -1}
	for _, path := range []string{"/", modelState, "/usb", "/usb0", "/usb1", "/usb2"} {
		w.names = with(w.names, path, w.make(true))
	}
	w.procs = []proc{{}}
	p := &process{answer: func(r request) result {
		if r.call == "random" {
			return result{}
		}
		return x.do(w, 0, r)
	}}
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	store := watchedStore{filelog.On(procDisk{p}, modelState, p.now), p}
	s, err := session.Create(x.Context(), store, state.OpenIncident{ID: modelID, Mode: state.Live, Runbook: doc}, modelTime, p.config())
	if err == nil {
		_, err = s.Do(x.Context(), state.Action{Command: state.AddNote{Text: "the first"}})
	}
	if err != nil {
		x.Fatal(err)
	}
	w.durable, w.procs = w.names, nil
	lines, _ := x.lines(x.texts[w.inodes[find(w.names, modelLog)].text])
	for i, line := range lines {
		w.acked = append(w.acked, line)
		w.written[i+1] = 1
	}
	slices.Sort(w.acked)
	w.kill0()
	for _, n := range notes {
		w.procs = append(w.procs, x.start(int8(n)))
		x.settle(w, len(w.procs)-1)
	}
	return w
}

func (w *modelWorld) kill0() {
	for i := range w.inodes {
		w.inodes[i].owner, w.inodes[i].fd = -1, 0
		w.inodes[i].kept = w.inodes[i].text
	}
}

// happens lets each thing happen that no process does.
func (x *explorer) happens(w *modelWorld) {
	for i := range w.procs {
		if r := x.wantAt(w.procs[i].node); r.call != "bound" {
			x.kills(w, i, *r)
		}
	}
	x.powerCuts(w)
	if at := find(w.names, modelLog); at >= 0 {
		for _, c := range x.strangers(x.texts[w.inodes[at].text]) {
			next := x.event(w, -1, c.what)
			next.changed = true
			for i := range next.procs {
				next.procs[i].blind = 2
			}
			c.do(next, at)
			x.push(next)
		}
	}
}

func (x *explorer) event(w *modelWorld, i int, what string) *modelWorld {
	next := w.clone()
	next.events--
	next.turn = -1
	next.steps = &taken{w.steps, i, what}
	return next
}

// kills kills a process before its next call, or within it if that writes; another
// takes over what it had to do.
func (x *explorer) kills(w *modelWorld, i int, r request) {
	parts := []int{0}
	if r.call == "write" {
		parts = append(parts, 1, len(r.data)/2, len(r.data)-1)
	}
	for _, part := range parts {
		next := x.event(w, i, fmt.Sprint("is killed before ", r.call, ", or after ", part, " bytes of it"))
		if part > 0 {
			torn := r
			torn.data = r.data[:part]
			x.writes(next, i, r)
			x.do(next, i, torn)
		}
		next.kill(i)
		left := next.procs[i].left
		if x.more > 0 {
			left = min(left, int8(x.more))
		}
		next.procs[i] = x.start(left)
		if !x.coarse(next) {
			x.settle(next, i)
		}
		x.push(next)
	}
}

// powerCuts ends all at once, with all that a disk may have of what was not synced,
// and sees what a process finds that starts then.
func (x *explorer) powerCuts(w *modelWorld) {
	for _, names := range [][]name{w.durable, w.names} {
		at := find(names, modelLog)
		if at < 0 {
			if !w.changed {
				x.fault(w, "a power cut left no log")
			}
			continue
		}
		n := w.inodes[at]
		texts := []int32{n.kept, n.text}
		if kept, text := x.texts[n.kept], x.texts[n.text]; strings.HasPrefix(text, kept) && len(text) > len(kept)+2 {
			tail := text[len(kept):]
			texts = append(texts, x.text(kept+tail[:len(tail)/2]), x.text(kept+strings.Repeat("\x00", len(tail))))
		}
		slices.Sort(texts)
		for _, text := range slices.Compact(texts) {
			next := x.event(w, -1, fmt.Sprint("power cut, and the log has ", len(x.texts[text]), " bytes"))
			next.names, next.durable, next.events = names, names, 0
			for i := range next.inodes {
				next.inodes[i].text, next.inodes[i].owner, next.inodes[i].fd = next.inodes[i].kept, -1, 0
			}
			next.inodes[at].text, next.inodes[at].kept = text, text
			next.procs = []proc{x.start(1)}
			x.recovers(next)
		}
	}
}

func (x *explorer) recovers(w *modelWorld) {
	w.sort()
	key := w.key(x.seed)
	key[0]++ // no such world that goes on otherwise
	if _, known := x.seen[key]; known {
		return
	}
	x.seen[key] = struct{}{}
	x.ends++
	x.settle(w, 0)
	for !x.at(w.procs[0].node).bound {
		next := x.step(w, 0)
		if next == nil {
			x.fault(w, "after a power cut a process waits for ever")
			return
		}
		w = next
	}
	said := x.saidAt(w.procs[0].node)
	x.ended(w)
	if w.changed {
		return
	}
	if said.left > 0 || said.broken || said.knows == 0 {
		x.fault(w, "after a power cut nothing can be recorded")
	}
	for _, line := range w.acked {
		if !slices.Contains(x.lists[said.knows], x.known[line].hash) {
			x.fault(w, "an entry that was acknowledged is lost in a power cut")
		}
	}
}

// A stranger is something that changes the log and is no muster.
type stranger struct {
	what string
	do   func(w *modelWorld, at int32)
}

// strangers are what may be done to a log of that text, each with the times kept as if
// all happened within one tick of the clock, and with new ones.
func (x *explorer) strangers(text string) []stranger {
	lines := strings.SplitAfter(text, "\n")
	older := strings.Join(lines[:min(2, len(lines))], "")
	early := []byte(text)
	if len(lines[0])+40 < len(early) {
		early[len(lines[0])+40] ^= 1
	}
	inPlace := func(what, text string) []stranger {
		put := func(fresh bool) func(w *modelWorld, at int32) {
			return func(w *modelWorld, at int32) {
				n := &w.inodes[at]
				n.text = x.text(text)
				n.kept = n.text
				if fresh {
					n.when, n.changed = n.when+1e9, n.changed+1e9
				}
			}
		}
		return []stranger{{what + ", times kept", put(false)}, {what, put(true)}}
	}
	instead := func(what, text string) []stranger {
		return []stranger{{what, func(w *modelWorld, _ int32) {
			fresh := w.make(false)
			w.inodes[fresh] = inode{text: x.text(text), kept: x.text(text), when: x.time(len(text)), changed: x.time(len(text)), owner: -1}
			w.names, w.durable = with(w.names, modelLog, fresh), with(w.durable, modelLog, fresh)
		}}}
	}
	all := slices.Concat(
		inPlace("encrypted in place", strings.Repeat("x", len(text))),
		inPlace("one byte of an early line changed", string(early)),
		inPlace("rolled back in place", older),
		inPlace("cut off in its last line", text[:max(0, len(text)-9)]),
		inPlace("emptied", ""),
		inPlace("a line of somebody's put behind it", text+"somebody's\n"),
		instead("rolled back by rename", older),
		instead("copied by rename", text),
		instead("replaced by rename", "something else\n"),
	)
	return append(all, stranger{"removed", func(w *modelWorld, _ int32) {
		w.names, w.durable = with(w.names, modelLog, -1), with(w.durable, modelLog, -1)
	}})
}
