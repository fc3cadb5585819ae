package jscall

import (
	"testing"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

func TestGetters(t *testing.T) {
	task := eval(t, `({
		sid: "WT1", empty: "", age: 12, half: 1.5, live: false, none: null, list: ["a", "b"], sparse: [,1],
		nan: NaN, huge: 2 ** 53, endless: 1 / 0, big: 1n, symbol: Symbol("s"),
		attributes: {from: "+1", name: 3}, run() {}, get bad() { throw new Error("gone") }, get worse() { throw "gone" },
	})`)
	get := func(path ...string) func() (any, error) {
		return func() (any, error) { return String(task, path...) }
	}
	tests := map[string]struct {
		get     func() (any, error)
		want    any
		wantErr string
	}{
		"a string":                         {get: get("sid"), want: "WT1"},
		"an empty string":                  {get: get("empty"), want: ""},
		"a string further in":              {get: get("attributes", "from"), want: "+1"},
		"a string that is a number":        {get: get("attributes", "name"), wantErr: "attributes.name is a number, not a string"},
		"a string that is missing":         {get: get("attributes", "to"), wantErr: "attributes.to is undefined, not a string"},
		"a string that is null":            {get: get("none"), wantErr: "none is null, not a string"},
		"a string that is a bigint":        {get: get("big"), wantErr: "big is a bigint, not a string"},
		"a string that is a symbol":        {get: get("symbol"), wantErr: "symbol is a symbol, not a string"},
		"a string behind something absent": {get: get("worker", "name", "first"), wantErr: "worker is undefined, not an object"},
		"a string behind null":             {get: get("none", "name"), wantErr: "none is null, not an object"},
		"a string behind a string":         {get: get("sid", "length"), wantErr: "sid is a string, not an object"},
		"a string whose getter throws":     {get: get("bad"), wantErr: "bad: JavaScript error: gone"},
		"a getter that throws a string":    {get: get("worse"), wantErr: "worse: JavaScript error: gone"},
		"a boolean":                        {get: func() (any, error) { return Bool(task, "live") }, want: false},
		"a boolean that is a string":       {get: func() (any, error) { return Bool(task, "sid") }, wantErr: "sid is a string, not a boolean"},
		"a number":                         {get: func() (any, error) { return Float(task, "half") }, want: 1.5},
		"a number that is NaN":             {get: func() (any, error) { return Float(task, "nan") }, wantErr: "nan is NaN, not a number"},
		"a number that has no end":         {get: func() (any, error) { return Float(task, "endless") }, wantErr: "endless is infinity, not a number"},
		"a number that is a string":        {get: func() (any, error) { return Float(task, "sid") }, wantErr: "sid is a string, not a number"},
		"a whole number":                   {get: func() (any, error) { return Int(task, "age") }, want: int64(12)},
		"a whole number with a fraction":   {get: func() (any, error) { return Int(task, "half") }, wantErr: "half is a number, not a whole number"},
		"a whole number that is too large": {get: func() (any, error) { return Int(task, "huge") }, wantErr: "huge is a number, not a whole number"},
		"a whole number that is missing":   {get: func() (any, error) { return Int(task, "size") }, wantErr: "size is undefined, not a number"},
		"an array that is an object":       {get: func() (any, error) { return Array(task, "attributes") }, wantErr: "attributes is an object, not an array"},
		"an array that is missing":         {get: func() (any, error) { return Array(task, "tags") }, wantErr: "tags is undefined, not an array"},
		"an array behind something absent": {get: func() (any, error) { return Array(task, "worker", "tags") }, wantErr: "worker is undefined, not an object"},
		"an object that is a function":     {get: func() (any, error) { return Object(task, "run") }, wantErr: "run is a function, not an object"},
		"a function that is an object":     {get: func() (any, error) { return Function(task, "attributes") }, wantErr: "attributes is an object, not a function"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := tt.get()
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestArray(t *testing.T) {
	page := eval(t, `({list: ["a", "b"], sparse: [,1]})`)
	list, err := Array(page, "list")
	require.NoError(t, err)
	require.Len(t, list, 2)
	text, err := String(list[1])
	require.NoError(t, err)
	require.Equal(t, "b", text)

	list, err = Array(page, "sparse")
	require.NoError(t, err)
	require.Equal(t, "undefined", TypeOf(list[0]))

	_, err = Array(eval(t, `new Proxy([1], {get(array, name) { if (name === "0") throw "no"; return array[name] }})`))
	require.EqualError(t, err, "value: JavaScript error: no")

	_, err = Array(eval(t, `(() => { const r = Proxy.revocable([], {}); r.revoke(); return r.proxy })()`))
	require.EqualError(t, err, "value is an object, not an array")
}

// TestThrowingGettersDoNotEndTheProgram walks into every exception that a plain
// Get of syscall/js lets through to Go's own frames.
func TestThrowingGettersDoNotEndTheProgram(t *testing.T) {
	page := eval(t, `new Proxy({}, {get() { throw "get" }, ownKeys() { throw "keys" }})`)
	_, err := Get(page, "a")
	require.EqualError(t, err, "a: JavaScript error: get")
	_, err = Call(page, "a")
	require.EqualError(t, err, "a: JavaScript error: get")
	require.Empty(t, Plain(page))
	require.Equal(t, "an object without a message", thrownBy(page).Message)
}

func TestOptional(t *testing.T) {
	task := eval(t, `({sid: "WT1", none: null, attributes: {name: 3}, get bad() { throw new Error("gone") }})`)
	tests := map[string]struct {
		path    []string
		want    string
		wantOK  bool
		wantErr string
	}{
		"there":                     {path: []string{"sid"}, want: "WT1", wantOK: true},
		"missing":                   {path: []string{"to"}},
		"null":                      {path: []string{"none"}},
		"behind something missing":  {path: []string{"worker", "name", "first"}},
		"behind null":               {path: []string{"none", "name"}},
		"there and of another type": {path: []string{"attributes", "name"}, wantErr: "attributes.name is a number, not a string"},
		"behind a string":           {path: []string{"sid", "name"}, wantErr: "sid is a string, not an object"},
		"a getter that throws":      {path: []string{"bad", "name"}, wantErr: "bad: JavaScript error: gone"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok, err := Optional(String, task, tt.path...)
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				require.False(t, ok)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.wantOK, ok)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestTypeOf(t *testing.T) {
	for line, want := range map[string]string{
		`undefined`: "undefined", `null`: "null", `true`: "boolean", `0`: "number", `NaN`: "number", `""`: "string",
		`({})`: "object", `[]`: "object", `(() => {})`: "function", `Symbol("s")`: "symbol", `1n`: "bigint",
	} {
		require.Equal(t, want, TypeOf(eval(t, line)), line)
	}
}

func TestCall(t *testing.T) {
	page := eval(t, `({size: 1, echo: (a) => a.nested.text, reject() { throw "no" }, nothing() { throw undefined }, fail() { throw new RangeError("far") }})`)
	got, err := Call(page, "echo", map[string]any{"nested": map[string]any{"text": "hello"}})
	require.NoError(t, err)
	text, err := String(got)
	require.NoError(t, err)
	require.Equal(t, "hello", text)

	tests := map[string]struct {
		v       safejs.Value
		method  string
		args    []any
		wantErr string
	}{
		"a method that throws a string":    {v: page, method: "reject", wantErr: "JavaScript error: no"},
		"a method that throws undefined":   {v: page, method: "nothing", wantErr: "JavaScript error: undefined was thrown"},
		"a method that throws an error":    {v: page, method: "fail", wantErr: "JavaScript error: RangeError: far"},
		"a method that is not there":       {v: page, method: "none", wantErr: "none is undefined, not a function"},
		"a method that is a number":        {v: page, method: "size", wantErr: "size is a number, not a function"},
		"a method of undefined":            {v: safejs.Undefined(), method: "echo", wantErr: "value is undefined, not an object"},
		"an argument that is no JS value":  {v: page, method: "echo", args: []any{[]string{"a"}}, wantErr: "ValueOf: invalid value"},
		"an argument of a type of our own": {v: page, method: "echo", args: []any{struct{}{}}, wantErr: "ValueOf: invalid value"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Call(tt.v, tt.method, tt.args...)
			require.EqualError(t, err, tt.wantErr)
		})
	}
}

func TestJSON(t *testing.T) {
	v, err := ParseJSON(`{"Id": "500", "n": [1, null]}`)
	require.NoError(t, err)
	text, err := JSON(v)
	require.NoError(t, err)
	require.Equal(t, `{"Id":"500","n":[1,null]}`, text)

	_, err = ParseJSON(`{`)
	require.ErrorContains(t, err, "JavaScript error: SyntaxError: ")
	_, err = JSON(safejs.Undefined())
	require.EqualError(t, err, "value is undefined, not a string")
	_, err = JSON(eval(t, `const a = {}; a.a = a; a`))
	require.ErrorContains(t, err, "JavaScript error: TypeError: ")
}

func TestPlain(t *testing.T) {
	tests := map[string]struct {
		line string
		want any
	}{
		"a scalar":                    {line: `1.5`, want: 1.5},
		"nothing":                     {line: `undefined`, want: nil},
		"what has no plain form":      {line: `[NaN, 1n, Symbol("s"), () => {}]`, want: []any{nil, nil, nil, nil}},
		"objects and arrays":          {line: `({a: [{b: "c"}, true]})`, want: map[string]any{"a": []any{map[string]any{"b": "c"}, true}}},
		"an error":                    {line: `new Error("no access")`, want: map[string]any{"message": "no access"}},
		"a getter that throws":        {line: `({get a() { throw "no" }, b: 1})`, want: map[string]any{"b": 1.0}},
		"a proxy that refuses":        {line: `new Proxy({}, {ownKeys() { throw "no" }})`, want: nil},
		"no deeper than eight levels": {line: `[[[[[[[[[1]]]]]]]]]`, want: []any{[]any{[]any{[]any{[]any{[]any{[]any{[]any{nil}}}}}}}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, tt.want, Plain(eval(t, tt.line)))
		})
	}
	t.Run("what is too long is cut", func(t *testing.T) {
		require.Len(t, Plain(eval(t, `Array(1000).fill(1)`)), plainLength)
		require.Len(t, Plain(eval(t, `"x".repeat(10000)`)), plainText)
		require.Len(t, Plain(eval(t, `Object.fromEntries(Array.from({length: 100}, (_, i) => ["k" + i, i]))`)), plainLength)
	})
	t.Run("a cycle ends", func(t *testing.T) {
		require.NotNil(t, Plain(eval(t, `(() => { const a = {}; a.a = a; return a })()`)))
	})
}
