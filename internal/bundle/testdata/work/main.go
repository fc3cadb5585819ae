// Command work has Go's runtime use all that it knows of functions: it collects garbage
// under deep stacks that grow, panics, recovers and names callers, and prints what came
// of it. With a word it dies in that way.
package main

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"
	"unique"
	"weak"
)

func main() {
	if len(os.Args) > 1 {
		die(os.Args[1])
		return
	}
	debug.SetGCPercent(5)
	for _, part := range []struct {
		name string
		do   func() any
	}{
		{"garbage", garbage}, {"deep stacks", deepStacks}, {"faults", faults}, {"defers", defers}, {"goroutines", goroutines},
		{"finalizers", finalizers}, {"reflection", reflection}, {"callers", callers},
	} {
		fmt.Println(part.name, part.do())
	}
}

type tree struct {
	left, right *tree
	name        string
	more        map[string][]byte
}

func grow(depth int) *tree {
	if depth == 0 {
		return nil
	}
	t := &tree{name: fmt.Sprint("node ", depth), more: map[string][]byte{}}
	t.left, t.right = grow(depth-1), grow(depth-1)
	for i := range depth {
		t.more[fmt.Sprint(i)] = make([]byte, i)
	}
	return t
}

func (t *tree) sum() (n int) {
	if t == nil {
		return 0
	}
	for k, v := range t.more {
		n += len(k) + len(v)
	}
	return n + len(t.name) + t.left.sum() + t.right.sum()
}

func garbage() any {
	kept, sum := grow(9), 0
	for range 20 {
		sum += grow(8).sum()
	}
	return []int{sum, kept.sum()}
}

// deep keeps pointers into its own frame and into the heap while the stack below it is
// moved and collected.
func deep(n int, above *[8]*int) int {
	own, number := [8]*int{}, n
	for i := range own {
		own[i] = &number
		if i%2 == 0 {
			own[i] = new(int)
			*own[i] = n * i
		}
	}
	if n%500 == 0 {
		runtime.GC()
	}
	sum := 0
	if n > 0 {
		sum = deep(n-1, &own)
	}
	for _, p := range own {
		sum += *p
	}
	if above != nil {
		sum += *above[1]
	}
	return sum
}

func deepStacks() any {
	sums := make(chan int)
	for i := range 3 {
		go func() { sums <- deep(3000+i, nil) }()
	}
	return <-sums + <-sums + <-sums
}

func caught(f func()) (what any) {
	defer func() { what = recover() }()
	f()
	return "nothing"
}

func faults() any {
	var (
		none  *tree
		list      = make([]int, 3)
		four      = len(list) + 1
		zero      = four - 4
		words any = "words"
		table map[string]int
		array [4]int
	)
	var all []string
	for _, f := range []func(){
		func() { fmt.Println(none.name) },
		func() { list[four]++ },
		func() { list[3+zero]++ },
		func() { _ = list[four:] },
		func() { _ = list[2 : 1+zero] },
		func() { _ = "abc"[four:] },
		func() { array[four]++ },
		func() { _ = [4]int(list) },
		func() { fmt.Println(7 / zero) },
		func() { fmt.Println(words.(int)) },
		func() { fmt.Println(words.(fmt.Stringer)) },
		func() { table["a"] = 1 },
		func() { _ = make([]int, zero-1) },
		func() { panic(fmt.Errorf("an error: %w", os.ErrNotExist)) },
		func() { defer func() { panic("the second") }(); panic("the first") },
		func() { var f func(); f() },
		func() { close((chan int)(nil)) },
	} {
		all = append(all, fmt.Sprint(caught(f)))
	}
	return strings.Join(all, "\n  ")
}

func defers() any {
	var all []int
	func() {
		defer func() { all = append(all, 1) }()
		for i := range 5 {
			defer func() { runtime.GC(); all = append(all, i) }()
		}
		if len(all) == 0 {
			defer func() { recover(); all = append(all, -1) }()
		}
		var p *tree
		p.name = "a fault with defers"
	}()
	over := make(chan bool)
	go func() {
		defer close(over)
		defer func() { all = append(all, 100) }()
		runtime.Goexit()
	}()
	<-over
	return all
}

func goroutines() any {
	var (
		lock sync.Mutex
		wait sync.WaitGroup
		sum  int
		ch   = make(chan *tree, 3)
	)
	for i := range 50 {
		wait.Go(func() {
			select {
			case ch <- grow(i % 5):
			case <-time.After(time.Minute):
			}
			lock.Lock()
			defer lock.Unlock()
			sum += i
		})
	}
	names := 0
	for range 50 {
		names += (<-ch).sum()
	}
	wait.Wait()
	return []int{sum, names}
}

func finalizers() any {
	freed := make(chan string, 20)
	pointers := func() (all []weak.Pointer[tree]) {
		for i := range 10 {
			t := grow(2)
			all = append(all, weak.Make(t))
			if i%2 == 0 {
				runtime.SetFinalizer(t, func(t *tree) { freed <- t.name })
			} else {
				runtime.AddCleanup(t, func(s string) { freed <- s }, unique.Make(fmt.Sprint("clean ", i)).Value())
			}
		}
		return all
	}()
	var all []string
	for len(all) < 10 {
		runtime.GC()
		select {
		case s := <-freed:
			all = append(all, s)
		case <-time.After(10 * time.Millisecond):
		}
	}
	runtime.GC()
	slices.Sort(all)
	return []any{all, pointers[1].Value() == nil}
}

type pair[A any, B comparable] struct {
	a A
	b B
}

func (p pair[A, B]) names(f func(skip int) []string) []string {
	return append(f(0), fmt.Sprint(p.a))
}

func reflection() any {
	swap := reflect.MakeFunc(reflect.TypeFor[func(*tree, string) (string, *tree)](), func(in []reflect.Value) []reflect.Value {
		runtime.GC()
		return []reflect.Value{in[1], in[0]}
	}).Interface().(func(*tree, string) (string, *tree))
	s, t := swap(grow(3), "second")
	out := reflect.ValueOf(t).MethodByName("String").Call(nil)
	return []any{s, out[0].String()}
}

func (t *tree) String() string { runtime.GC(); return t.name }

func callers() any {
	names := func(skip int) (all []string) {
		pcs := make([]uintptr, 20)
		frames := runtime.CallersFrames(pcs[:runtime.Callers(skip, pcs)])
		for {
			f, more := frames.Next()
			all = append(all, f.Function)
			if !more {
				break
			}
		}
		pc, _, _, ok := runtime.Caller(1)
		return append(all, runtime.FuncForPC(pc).Name(), fmt.Sprint(ok))
	}
	all := pair[int, string]{a: 1}.names(names)
	for line := range strings.Lines(string(debug.Stack())) {
		if name, _, ok := strings.Cut(line, "("); ok {
			all = append(all, name)
		}
	}
	return strings.Join(all, "\n  ")
}
