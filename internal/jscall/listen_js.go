package jscall

import (
	"github.com/hack-pad/safejs"

	"flexcaselog/internal/span"
)

// Listen runs fn with each event of this name that target, an EventTarget,
// dispatches until ctx ends; then the listener is removed and freed. No event
// reaches fn once ctx has ended. It errors where ctx has ended already or
// target takes no listeners; then there is nothing to free.
//
// See https://developer.mozilla.org/en-US/docs/Web/API/EventTarget/addEventListener
func (e Edge) Listen(ctx span.Context, target safejs.Value, event string, fn func(event safejs.Value)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	listener, err := e.Func(event+" listener", func(args []safejs.Value) {
		if ctx.Err() == nil {
			fn(First(args))
		}
	})
	if err != nil {
		return err
	}
	if _, err := Call(target, "addEventListener", event, listener); err != nil {
		listener.Release()
		return err
	}
	span.AfterFunc(ctx, func() {
		defer e.recover(event + " listener's removal")
		defer listener.Release()
		// A target that does not let go calls a released function: it logs, no more.
		_, _ = Call(target, "removeEventListener", event, listener)
	})
	return nil
}
