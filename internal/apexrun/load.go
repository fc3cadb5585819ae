package apexrun

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/antlr4-go/antlr/v4"
	"github.com/octoberswimmer/apexfmt/parser"
)

// Program is a loaded set of Apex classes bound to a [Store]. It is never changed by running, so it may be used by several goroutines.
type Program struct {
	store   Store
	classes map[string]*class
	lines   map[string]map[int]bool // the lines of each file that hold statements
	library *library
	user    string // who calls
}

// As returns the same program run by another user, who need not be there before a call.
func (p *Program) As(userID string) *Program {
	q := *p
	q.user = userID
	return &q
}

// Load reads every class file under dir. It errs on a file that does not parse, on a class whose name is not that of its file, on a
// super class that is not there, and on source that the interpreter leaves out altogether (triggers).
func Load(dir string, store Store) (*Program, error) {
	p := &Program{store: store, classes: platformClasses(), lines: map[string]map[int]bool{}, library: newLibrary(), user: RunningUser.ID}
	own := map[string]*class{}
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("apexrun: %w", err)
		case strings.HasSuffix(path, ".trigger"):
			return &SourceError{File: filepath.Base(path), Line: 1, Text: "triggers are not run by this interpreter"}
		case !strings.HasSuffix(path, ".cls"):
			return nil
		}
		c, err := p.loadFile(path)
		if err != nil {
			return err
		}
		if own[strings.ToLower(c.name)] != nil {
			return &SourceError{File: c.file, Line: 1, Text: "class " + c.name + " is there twice"}
		}
		own[strings.ToLower(c.name)] = c
		return nil
	})
	if err != nil {
		return nil, err
	}
	for name, c := range own {
		p.classes[name] = c
	}
	for _, c := range own {
		if err := p.link(c); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *Program) link(c *class) error {
	if c.superName != "" {
		if c.super = p.find(c.outer, c.superName); c.super == nil || c.super == c {
			return &SourceError{File: c.file, Line: 1, Text: "Invalid type: " + c.superName}
		}
	}
	for _, inner := range c.inner {
		if err := p.link(inner); err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) loadFile(path string) (*class, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("apexrun: %w", err)
	}
	file := filepath.Base(path)
	source, problems := parse(file, string(text))
	unit := source.CompilationUnit()
	if err := problems.err(); err != nil {
		return nil, err
	}
	declaration := unit.TypeDeclaration()
	d := &declarations{file: file, lines: p.lines}
	var c *class
	switch {
	case declaration == nil:
		return nil, &SourceError{File: file, Line: 1, Text: "no class in this file"}
	case declaration.ClassDeclaration() != nil:
		c, err = d.class(declaration.ClassDeclaration(), modifiers(declaration.AllModifier()), nil)
	case declaration.EnumDeclaration() != nil:
		c = d.enum(declaration.EnumDeclaration(), nil)
	default:
		c, err = d.contract(declaration.InterfaceDeclaration(), nil)
	}
	if err = errors.Join(append(d.gated, err, version(path))...); err != nil {
		return nil, err
	}
	if want := strings.TrimSuffix(file, ".cls"); c.name != want {
		return nil, &SourceError{File: file, Line: 1, Text: fmt.Sprintf("class %s must be in a file of its name", c.name)}
	}
	return c, nil
}

// version refuses a class of an API version that has other rules. A class without its metadata is taken for one that has the same.
func version(path string) error {
	text, err := os.ReadFile(path + "-meta.xml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var meta struct {
		Version float64 `xml:"apiVersion"`
	}
	if err == nil {
		err = xml.Unmarshal(text, &meta)
	}
	if err != nil {
		return fmt.Errorf("apexrun: %s-meta.xml: %w", filepath.Base(path), err)
	}
	if meta.Version < oldestVersion {
		return &SourceError{File: filepath.Base(path) + "-meta.xml", Line: 1, Text: fmt.Sprintf("API version %.1f has other rules than %d.0, which are not known to this interpreter", meta.Version, oldestVersion)}
	}
	return nil
}

// parse makes a parser over a text; its syntax errors gather in the second result.
func parse(file, text string) (*parser.ApexParser, *problems) {
	listener := &problems{file: file}
	lexer := parser.NewApexLexer(antlr.NewInputStream(text))
	lexer.RemoveErrorListeners()
	lexer.AddErrorListener(listener)
	p := parser.NewApexParser(antlr.NewCommonTokenStream(lexer, antlr.TokenDefaultChannel))
	p.RemoveErrorListeners()
	p.AddErrorListener(listener)
	return p, listener
}

// problems gathers the syntax errors of one text.
type problems struct {
	*antlr.DefaultErrorListener
	file string
	list []error
}

func (p *problems) SyntaxError(_ antlr.Recognizer, _ any, line, column int, msg string, _ antlr.RecognitionException) {
	p.list = append(p.list, &SourceError{File: p.file, Line: line, Text: fmt.Sprintf("column %d: %s", column, msg)})
}

func (p *problems) err() error { return errors.Join(p.list...) }
