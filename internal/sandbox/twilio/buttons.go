package twilio

// CSS selectors of Flex UI 2.17.1's own controls, for whoever plays the agent. Flex shows a task's list item always and its canvas
// only while the task is selected, which accepting it does. A button is disabled while its action is pending. After DropSockets the
// bar "Connection lost" lies over the head of the canvas until Flex is connected again, and takes a mouse click on EndTaskButton.
const (
	// AcceptButton and RejectButton are in the task list, while the task rings; IncomingAcceptButton is the large one in the canvas
	// of the selected task.
	AcceptButton         = `button[data-testid="accept-task"]`
	RejectButton         = `button[data-testid="reject-task"]`
	IncomingAcceptButton = `button.Twilio-IncomingTask-Accept`
	// HangUpButton is in the call canvas of an accepted voice task. With a call in the browser it is the action HangupCall, and
	// without one (Task.Deskphone) WrapupTask. ListHangUpButton does the same in the task list, where only a call in the browser
	// has it.
	HangUpButton     = `button[data-testid="hangup-footer"]`
	ListHangUpButton = `button[data-testid="hangup-task"]`
	// EndTaskButton heads the canvas: Hang Up for an accepted call, End for an accepted conversation, Complete for anything in
	// wrap-up. Its attribute data-status is the reservation's status.
	EndTaskButton = `button[data-testid="end-task-button"]`
	// EndChatButton and CompleteButton are that button of a conversation, and of anything, in the state where it has that name.
	EndChatButton  = EndTaskButton + `[data-status="accepted"]`
	CompleteButton = EndTaskButton + `[data-status="wrapping"]`
	// TaskItem is a task in the list, whatever its state.
	TaskItem = `.Twilio-TaskListBaseItem`
	// Desktop is there once Flex has started and logged in: it is the worker's activity, in the top bar.
	Desktop = `button[data-testid="activity-dropdown-button"]`
)

// State is JavaScript for Flex's own state; a Flex that has just started has some of it, or nothing.
const State = "window.Twilio?.Flex?.Manager?.getInstance?.()?.store?.getState()?.flex"

// HasMicrophone is JavaScript that is true once Flex has found the agent's microphone, which may be later than Desktop. Until then it
// makes no call and refuses one that is accepted, and says so to nobody but the agent. Without voice it never finds one.
const HasMicrophone = State + "?.phone?.listener?.isMicrophoneSet === true"

// DesktopURL is where the agent's desktop is.
const DesktopURL = "https://flex.twilio.com/agent-desktop"
