package jscall

import (
	"math"
	"strconv"

	"github.com/hack-pad/safejs"
)

// Get returns the value at the end of path, which may be undefined. It errors
// with a [*PathError] where a step before the last is not an object, or with a
// [*ThrownError] where a getter throws.
func Get(v safejs.Value, path ...string) (safejs.Value, error) {
	for i, name := range path {
		if err := isObject(v, path[:i]); err != nil {
			return safejs.Undefined(), err
		}
		next, err := property(v, name)
		if err != nil {
			return safejs.Undefined(), clean(pathText(path[:i+1]), err)
		}
		v = next
	}
	return v, nil
}

// property reads a property of an object through Reflect.get. syscall/js guards
// only calls: an exception out of a plain Get (a getter, a proxy, a window of
// another origin) unwinds Go's own frames and takes the program with it.
func property(v safejs.Value, name string) (safejs.Value, error) {
	return invoke(reflectGet, safejs.Unsafe(v), nameOf(name))
}

// String returns the string at path. It errors if there is none.
func String(v safejs.Value, path ...string) (string, error) {
	v, err := typed(v, "string", path)
	if err != nil {
		return "", err
	}
	// Only now: String of any other type answers "<undefined>" and no error.
	text, err := v.String()
	return text, clean(pathText(path), err)
}

// Bool returns the boolean at path. It errors if there is none.
func Bool(v safejs.Value, path ...string) (bool, error) {
	v, err := typed(v, "boolean", path)
	if err != nil {
		return false, err
	}
	b, err := v.Bool()
	return b, clean(pathText(path), err)
}

// Float returns the number at path. It errors if there is none, or it is NaN
// or infinite.
func Float(v safejs.Value, path ...string) (float64, error) {
	v, err := typed(v, "number", path)
	if err != nil {
		return 0, err
	}
	f, err := v.Float()
	if err != nil {
		return 0, clean(pathText(path), err)
	}
	if math.IsNaN(f) {
		return 0, &PathError{Path: path, Want: "number", Got: "NaN"}
	}
	if math.IsInf(f, 0) {
		return 0, &PathError{Path: path, Want: "number", Got: "infinity"}
	}
	return f, nil
}

// maxSafe is Number.MAX_SAFE_INTEGER: above it neighbours are the same number.
const maxSafe = 1<<53 - 1

// Int returns the whole number at path. It errors if there is none, or it has
// a fraction, or is too large to be exact.
func Int(v safejs.Value, path ...string) (int64, error) {
	f, err := Float(v, path...)
	if err != nil {
		return 0, err
	}
	if f != math.Trunc(f) || math.Abs(f) > maxSafe {
		return 0, &PathError{Path: path, Want: "whole number", Got: "number"}
	}
	return int64(f), nil
}

// Object returns the object at path, which may be an array but not null or a
// function. It errors if there is none.
func Object(v safejs.Value, path ...string) (safejs.Value, error) {
	return typed(v, "object", path)
}

// Function returns the function at path. It errors if there is none.
func Function(v safejs.Value, path ...string) (safejs.Value, error) {
	return typed(v, "function", path)
}

// Array returns the elements of the array at path. It errors if there is none.
func Array(v safejs.Value, path ...string) ([]safejs.Value, error) {
	v, err := Get(v, path...)
	if err != nil {
		return nil, err
	}
	if !isArray(v) {
		return nil, &PathError{Path: path, Want: "array", Got: TypeOf(v)}
	}
	return elements(v, path)
}

// ownKeys returns the names of the own, enumerable properties of an object.
func ownKeys(v safejs.Value) ([]string, error) {
	object, err := Get(safejs.Global(), "Object")
	if err != nil {
		return nil, err
	}
	names, err := Call(object, "keys", v)
	if err != nil {
		return nil, err
	}
	values, err := elements(names, nil)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(values))
	for i, value := range values {
		if keys[i], err = String(value); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// Optional reads with get, one of this package's getters, where there is
// something to read: ok is false where the value, or a step on the way, is
// undefined or null. It errors where the value is there and get refuses it.
//
//	name, ok, err := jscall.Optional(jscall.String, task, "attributes", "name")
func Optional[T any](get func(safejs.Value, ...string) (T, error), v safejs.Value, path ...string) (value T, ok bool, err error) {
	there := v
	for i := 0; !absent(there) && i < len(path) && err == nil; i++ {
		there, err = Get(there, path[i])
	}
	if err == nil && absent(there) {
		return value, false, nil
	}
	// From the start again, so that an error names the whole path.
	value, err = get(v, path...)
	return value, err == nil, err
}

// TypeOf returns what kind of value v is, in JavaScript's words, with "null"
// for null. Unlike safejs's Type it does not panic on a bigint.
func TypeOf(v safejs.Value) (name string) {
	defer func() {
		if recover() != nil {
			name = "bigint" // the one type that syscall/js does not know
		}
	}()
	return v.Type().String()
}

func absent(v safejs.Value) bool { return v.IsUndefined() || v.IsNull() }

func typed(v safejs.Value, want string, path []string) (safejs.Value, error) {
	v, err := Get(v, path...)
	if err != nil {
		return safejs.Undefined(), err
	}
	if got := TypeOf(v); got != want {
		return safejs.Undefined(), &PathError{Path: path, Want: want, Got: got}
	}
	return v, nil
}

func isObject(v safejs.Value, path []string) error {
	switch t := TypeOf(v); t {
	case "object", "function":
		return nil
	default:
		return &PathError{Path: path, Want: "object", Got: t}
	}
}

func isArray(v safejs.Value) bool {
	is, err := invoke(isArrayOf, safejs.Unsafe(v))
	if err != nil { // it throws for a revoked proxy
		return false
	}
	b, err := Bool(is)
	return err == nil && b
}

func elements(v safejs.Value, path []string) ([]safejs.Value, error) {
	n, err := Int(v, "length")
	if err != nil {
		return nil, err
	}
	values := make([]safejs.Value, n)
	for i := range values {
		if values[i], err = property(v, strconv.Itoa(i)); err != nil {
			return nil, clean(pathText(path), err)
		}
	}
	return values, nil
}
