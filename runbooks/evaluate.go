package runbooks

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"text/template/parse"
)

// An evaluator runs one template, once. Its values are of few kinds: string, bool,
// int, []string, map[string]string, [fields], and nil for nothing. All that it does
// is charged: each node when it is evaluated, each byte when it is made.
//
// It is text/template's execution, without what is not needed here; the rules, odd
// ones too, are that package's, and a test compares the two.
type evaluator struct {
	t         *template
	work      *work
	variables []variable // the innermost last
	out       strings.Builder
	shell     bool // what is printed is quoted for a shell
}

type variable struct {
	name  string
	value any
}

// What ends a turn of a loop, on its way up to the loop.
var (
	errBreak    = errors.New("break outside a loop")
	errContinue = errors.New("continue outside a loop")
)

var (
	errNil       = errors.New("nil prints nothing")
	errFraction  = errors.New("numbers here are whole, and not too large")
	errArguments = errors.New("only functions take arguments")
)

// execute runs the template over values, charging w.
func (t *template) execute(v Values, w *work) (string, error) { return t.executeFor(false, v, w) }

// executeFor runs it; for a shell, all that it prints is quoted.
func (t *template) executeFor(shell bool, v Values, w *work) (string, error) {
	e := &evaluator{t: t, work: w, variables: []variable{{"$", v}}, shell: shell}
	if err := e.list(e.variables[0].value, t.root); err != nil {
		return "", err
	}
	return e.out.String(), nil
}

// refuse says that a node cannot be evaluated.
func (e *evaluator) refuse(n parse.Node, err error) error {
	return &refusal{line: e.t.line(n.Position()), err: err}
}

// spend charges for a node.
func (e *evaluator) spend(n parse.Node, units int) error {
	if err := e.work.spend(units); err != nil {
		return e.refuse(n, err)
	}
	return nil
}

func (e *evaluator) write(n parse.Node, text []byte) error {
	if e.out.Len()+len(text) > MaxRendered {
		return e.refuse(n, errTooLong)
	}
	e.out.Write(text)
	return nil
}

// list runs the nodes of a body; there is none if a branch has no else.
func (e *evaluator) list(dot any, l *parse.ListNode) error {
	if l == nil {
		return nil
	}
	for _, n := range l.Nodes {
		if err := e.node(dot, n); err != nil {
			return err
		}
	}
	return nil
}

func (e *evaluator) node(dot any, n parse.Node) error {
	if err := e.spend(n, 1); err != nil {
		return err
	}
	switch n := n.(type) {
	case *parse.TextNode:
		return e.write(n, n.Text)
	case *parse.ActionNode:
		return e.action(dot, n)
	case *parse.IfNode:
		return e.branch(dot, &n.BranchNode)
	case *parse.WithNode:
		return e.branch(dot, &n.BranchNode)
	case *parse.RangeNode:
		return e.loop(dot, n)
	case *parse.BreakNode:
		return errBreak
	case *parse.ContinueNode:
		return errContinue
	}
	return e.refuse(n, errTemplate)
}

// action prints a pipe, or sets a variable, which lasts until the next end.
func (e *evaluator) action(dot any, n *parse.ActionNode) error {
	v, err := e.pipe(dot, n.Pipe)
	if err != nil || len(n.Pipe.Decl) > 0 {
		return err
	}
	known := true
	text := show(v, func() string {
		known = false
		return strings.ToLower(strings.Join(shownName(n.Pipe), " "))
	})
	if e.shell && known {
		text = quotedFor(e.out.String(), text)
	}
	if err := e.spend(n, len(text)); err != nil {
		return err
	}
	return e.write(n, []byte(text))
}

// branch runs if and with.
func (e *evaluator) branch(dot any, b *parse.BranchNode) error {
	defer e.forget(len(e.variables))
	v, err := e.pipe(dot, b.Pipe)
	switch {
	case err != nil:
		return err
	case !truth(v):
		return e.list(dot, b.ElseList)
	case b.NodeType == parse.NodeWith:
		return e.list(v, b.List)
	}
	return e.list(dot, b.List)
}

// loop runs range. A break in its else ends that else only, as in text/template.
func (e *evaluator) loop(dot any, r *parse.RangeNode) error {
	defer e.forget(len(e.variables))
	over, err := e.pipe(dot, r.Pipe)
	if err != nil {
		return err
	}
	turns, err := e.turns(over, len(r.Pipe.Decl))
	if err != nil {
		return e.refuse(r.Pipe, err)
	}
	outside, ran := len(e.variables), false
	for index, item := range turns {
		ran = true
		if err := e.turn(r, index, item); err == errBreak {
			break
		} else if err != nil && err != errContinue {
			return err
		}
		e.forget(outside)
	}
	if ran {
		return nil
	}
	if err := e.list(dot, r.ElseList); err != errBreak {
		return err
	}
	return nil
}

// turns are what range runs through, each item with its index or key. Sorting the
// keys of a map is charged before it is done.
func (e *evaluator) turns(over any, variables int) (iter.Seq2[any, any], error) {
	switch over := over.(type) {
	case nil:
		return func(func(any, any) bool) {}, nil
	case int:
		if variables > 1 {
			return nil, errors.New("a range over a number has one variable")
		}
		return func(yield func(any, any) bool) {
			for i := 0; i < over && yield(nil, i); i++ {
			}
		}, nil
	case []string:
		return func(yield func(any, any) bool) {
			for i := 0; i < len(over) && yield(i, over[i]); i++ {
			}
		}, nil
	case map[string]string:
		if err := e.work.spend(len(over)); err != nil {
			return nil, err
		}
		keys := slices.Sorted(maps.Keys(over))
		return func(yield func(any, any) bool) {
			for i := 0; i < len(keys) && yield(keys[i], over[keys[i]]); i++ {
			}
		}, nil
	}
	return nil, fmt.Errorf("range does not run over %s", kindOf(over))
}

// turn runs the body of a loop once, with its variables set: the item, or index and
// item. The loop's pipe has made them already, the last ones, if they are its own.
func (e *evaluator) turn(r *parse.RangeNode, index, item any) error {
	if err := e.spend(r, 1); err != nil {
		return err
	}
	own := r.Pipe.Decl
	values := []any{index, item}[2-len(own):]
	for i, v := range own {
		place := len(e.variables) - len(own) + i
		if r.Pipe.IsAssign {
			var err error
			if place, err = e.variable(v); err != nil {
				return err
			}
		}
		e.variables[place].value = values[i]
	}
	return e.list(item, r.List)
}

// forget drops the variables that were declared since there were n.
func (e *evaluator) forget(n int) { e.variables = e.variables[:n] }

// variable returns the place of the innermost variable of that name, and charges for
// those that it looks through. The parser has seen the name, but what declares it may
// not have been run.
func (e *evaluator) variable(n *parse.VariableNode) (int, error) {
	place := len(e.variables) - 1
	for place >= 0 && e.variables[place].name != n.Ident[0] {
		place--
	}
	if place < 0 {
		return 0, e.refuse(n, fmt.Errorf("variable %s is not set here", n.Ident[0]))
	}
	return place, e.spend(n, len(e.variables)-place)
}

// pipe evaluates commands, each given the value of the one before, and sets or
// declares the variables of the pipe.
func (e *evaluator) pipe(dot any, p *parse.PipeNode) (any, error) {
	var piped []any
	for _, c := range p.Cmds {
		v, err := e.command(dot, c, piped)
		if err != nil {
			return nil, err
		}
		piped = []any{v}
	}
	value := piped[0] // the parser lets no pipe be empty
	for _, v := range p.Decl {
		if !p.IsAssign {
			e.variables = append(e.variables, variable{v.Ident[0], value})
			continue
		}
		place, err := e.variable(v)
		if err != nil {
			return nil, err
		}
		e.variables[place].value = value
	}
	return value, nil
}

// command evaluates a function with its arguments, of which a piped one is the last,
// or another value, which can have none.
func (e *evaluator) command(dot any, c *parse.CommandNode, piped []any) (any, error) {
	switch n := c.Args[0].(type) {
	case *parse.IdentifierNode:
		return e.call(dot, n, c.Args[1:], piped)
	case *parse.NilNode:
		return nil, e.refuse(n, errNil)
	}
	if len(c.Args) > 1 || len(piped) > 0 {
		return nil, e.refuse(c, errArguments)
	}
	return e.arg(dot, c.Args[0])
}

// arg evaluates one operand.
func (e *evaluator) arg(dot any, n parse.Node) (any, error) {
	if err := e.spend(n, 1); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case *parse.DotNode:
		return dot, nil
	case *parse.FieldNode:
		return e.path(n, dot, n.Ident)
	case *parse.VariableNode:
		place, err := e.variable(n)
		if err != nil {
			return nil, err
		}
		return e.path(n, e.variables[place].value, n.Ident[1:])
	case *parse.ChainNode:
		v, err := e.arg(dot, n.Node)
		if err != nil {
			return nil, err
		}
		return e.path(n, v, n.Field)
	case *parse.PipeNode:
		return e.pipe(dot, n)
	case *parse.IdentifierNode:
		return e.call(dot, n, nil, nil)
	case *parse.StringNode:
		return n.Text, nil
	case *parse.BoolNode:
		return n.True, nil
	case *parse.NumberNode:
		return e.number(n)
	}
	return nil, nil // only nil is left
}

// number takes whole numbers only. As in text/template, 1.0 is none, and -0x1e, which
// that takes for one with an exponent.
func (e *evaluator) number(n *parse.NumberNode) (any, error) {
	text := strings.ToLower(n.Text)
	hex := strings.HasPrefix(text, "0x") && !strings.Contains(text, "p")
	whole := hex || text[0] == '\'' || !strings.ContainsAny(text, ".ep")
	if v := int(n.Int64); n.IsInt && !n.IsComplex && whole && int64(v) == n.Int64 {
		return v, nil
	}
	return nil, e.refuse(n, errFraction)
}

// path follows fields, as .Incident.Title does. A map has all fields; those of
// nothing are nothing.
func (e *evaluator) path(n parse.Node, v any, names []string) (any, error) {
	if err := e.spend(n, len(names)); err != nil {
		return nil, err
	}
	for _, name := range names {
		switch of := v.(type) {
		case nil:
		case map[string]string:
			v = of[name]
		case fields:
			if v = of.field(name); v == nil {
				return nil, e.refuse(n, fmt.Errorf("no field .%s here", name))
			}
		default:
			return nil, e.refuse(n, fmt.Errorf("no field .%s here: it is %s", name, kindOf(v)))
		}
	}
	return v, nil
}
