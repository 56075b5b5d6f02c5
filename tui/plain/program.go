package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
	"muster/tui/terminal"
)

// patience is how long the next line waits for what the one before has asked for.
const patience = 10 * time.Second

// A Line is where lines come from, and where they go.
type Line struct {
	In  io.Reader
	Out io.Writer
	// Piped: what is typed is not seen, so that it is written behind its question.
	Piped bool
	// Raw: the other end sends key by key, and nobody echoes.
	Raw bool
}

// A Program shows a model line by line. It can run once.
type Program struct {
	ctx   context.Context
	stop  context.CancelFunc
	model tea.Model
	ui    *kit.UI
	out   *printer
	in    *reader
	msgs  chan arrived
	lines chan typed

	turn    int // counts lines
	pending int // what this turn asked for and has not come yet
	over    bool
	crash   error

	talk   talk                     // what the next line is for
	cards  map[kit.Part]*cardTalk   // with dialogs that were said
	known  map[kit.Part]*screenTalk // with screens one has been on
	within talk                     // a question that goes before it; nil for none
	part   kit.Part                 // that talk is with
	place  kit.Place
	screen kit.Screen // below it
	rest   string     // what was typed behind an action, for its first question
	seen   seen
}

// An arrived is a message, and the turn that has asked for it; 0: nobody waits for it.
type arrived struct {
	msg  tea.Msg
	turn int
}

// New makes a program that shows model, which draws on ui. Canceling ctx ends it.
func New(ctx context.Context, model tea.Model, ui *kit.UI, line Line) *Program {
	p := &Program{model: model, ui: ui, known: map[kit.Part]*screenTalk{}, cards: map[kit.Part]*cardTalk{}, msgs: make(chan arrived), lines: make(chan typed)}
	p.ctx, p.stop = context.WithCancel(ctx)
	p.out = &printer{out: line.Out, echo: line.Piped}
	var echo func(string)
	if line.Raw {
		echo = func(text string) { _, _ = io.WriteString(line.Out, text) }
	}
	p.in = newReader(line.In, echo)
	return p
}

// Run shows the model until the person leaves or the input ends.
func (p *Program) Run() error {
	defer p.stop()
	go p.read()
	p.turn = 1
	p.begin(p.model.Init(), p.turn)
	p.settle()
	for p.proceed(); !p.over; p.proceed() {
		select {
		case <-p.ctx.Done():
			p.over = true
		case m := <-p.msgs:
			p.take(m)
		case line := <-p.lines:
			p.typed(line)
		}
	}
	p.out.end()
	return errors.Join(p.crash, p.out.err)
}

// read hands lines on, one after the other.
func (p *Program) read() {
	for {
		line := p.in.next()
		select {
		case p.lines <- line:
		case <-p.ctx.Done():
			return
		}
		if line.end {
			return
		}
	}
}

// begin has a command done beside the loop.
func (p *Program) begin(cmd tea.Cmd, turn int) {
	if cmd == nil {
		return
	}
	if turn == p.turn {
		p.pending++
	}
	go func() {
		msg := guarded(cmd)
		select {
		case p.msgs <- arrived{msg, turn}:
		case <-p.ctx.Done():
		}
	}()
}

// guarded calls a command; what it panics with is a message.
func guarded(cmd tea.Cmd) (msg tea.Msg) {
	defer func() {
		if what := recover(); what != nil {
			msg = &terminal.Crash{What: what, Stack: debug.Stack()}
		}
	}()
	return cmd()
}

// take takes a message that has come.
func (p *Program) take(m arrived) {
	if m.turn == p.turn {
		p.pending--
	}
	p.handle(m)
}

// handle does what a message is for.
func (p *Program) handle(m arrived) {
	defer func() {
		if what := recover(); what != nil {
			p.crash, p.over = &terminal.Crash{What: what, Stack: debug.Stack()}, true
		}
	}()
	switch msg := m.msg.(type) {
	case nil, tea.SuspendMsg: // there is no shell to suspend to
	case tea.QuitMsg:
		p.out.say("muster ends. What was saved is safe.")
		p.over = true
	case *terminal.Crash:
		p.crash, p.over = msg, true
	case tea.BatchMsg:
		for _, cmd := range msg {
			p.begin(cmd, m.turn)
		}
	case tea.RawMsg: // a bell, a question to a terminal: nothing that can be said
	default:
		if cmd, ok := kit.AsideOf(msg); ok {
			p.begin(cmd, 0)
			return
		}
		p.update(msg, m.turn)
	}
}

// update gives the model a message. What opens by itself because of what was just asked
// for opens now: a refusal, what was not saved. The rest waits, as does a list that greets.
func (p *Program) update(msg tea.Msg, turn int) {
	before := kit.WaitingOn(p.ui)
	model, cmd := p.model.Update(msg)
	p.model = model
	if turn == p.turn && turn != 0 {
		for _, d := range kit.WaitingOn(p.ui) {
			if _, greets := d.(*kit.Finder); !greets && !contains(before, d) {
				kit.OpenWaiting(p.ui, d)
			}
		}
	}
	p.begin(cmd, turn)
}

// contains reports whether a dialog is one of several.
func contains(all []kit.Dialog, d kit.Dialog) bool {
	for _, one := range all {
		if one == d {
			return true
		}
	}
	return false
}

// settle takes messages until all has come that this turn has asked for.
func (p *Program) settle() {
	end := time.After(patience)
	for p.pending > 0 && !p.over {
		select {
		case <-p.ctx.Done():
			p.over = true
		case m := <-p.msgs:
			p.take(m)
		case <-end:
			p.out.say("That is still under way; what becomes of it is said here.")
			p.pending = 0
			p.turn++ // what comes of it is nobody's any more
			return
		}
	}
}

// typed takes a line.
func (p *Program) typed(line typed) {
	p.out.typed(line.text)
	if line.end {
		p.ended(line)
		return
	}
	if line.long {
		p.out.sayf("A line has at most %d characters: not taken.", maxLine)
		return
	}
	p.turn++
	p.pending = 0
	t := p.talk
	if p.within != nil {
		t, p.within = p.within, nil
	}
	p.handle(arrived{kit.Do(func() tea.Cmd { return t.take(line.text) }), p.turn})
	p.settle()
}

// ended leaves, since there are no more lines. Nothing is taken by that.
func (p *Program) ended(line typed) {
	p.over = true
	if line.err != nil {
		p.crash = fmt.Errorf("the lines cannot be read any more: %w", line.err)
	}
	if t, ok := p.talk.(tailer); ok && p.within == nil && line.text != "" {
		t.tail(line.text)
	} else if line.text != "" {
		p.out.sayf("“%s” was not ended by enter: not taken.", line.text)
	}
	if p.within != nil || p.talk != nil && p.talk.question() {
		p.out.say("The input has ended in a question: nothing of it is recorded. What you typed is kept.")
	}
	p.finish()
}

// finish waits for what is being saved.
func (p *Program) finish() {
	end := time.After(patience)
	for p.crash == nil {
		s, ok := p.ui.Screen().(kit.Keeper)
		if !ok {
			return
		}
		if busy, ask := s.Unfinished(); !busy || ask != nil {
			break
		}
		select {
		case m := <-p.msgs:
			p.take(m)
		case <-p.ctx.Done():
			return
		case <-end:
			return
		}
	}
	p.report()
}
