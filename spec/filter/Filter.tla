------------------------------- MODULE Filter -------------------------------
(***************************************************************************)
(* Virtual synchrony out of Extended Virtual Synchrony: the filter of      *)
(* section 5 (ICDCS 1994), between the service EVS and an application, as  *)
(* an environment that other specifications instantiate.                   *)
(*                                                                         *)
(*   F1. Transitional configurations are masked, and what is delivered in  *)
(*       them counts to the regular configuration before (rule 1).         *)
(*   F2. A regular configuration becomes a view: its number, and its       *)
(*       members in one order that all know.                               *)
(*   F3. What the application sends is held back from when its process     *)
(*       commits to a next configuration until it installs one, as EVS     *)
(*       sends in regular configurations only.  The application is not     *)
(*       told, and answers what it is handed meanwhile; the answers go     *)
(*       into the next view.                                               *)
(*   F4. A process that fails takes what is held back with it.  It comes   *)
(*       back under its name, in a view of its own with a greater number,  *)
(*       so that what it was before has nothing to do with what it is.     *)
(*                                                                         *)
(* Rules 2 to 4 of the paper are not here.  They block all but a primary   *)
(* component, and merge who was not in it one by one under new names, as   *)
(* Isis has it.  The Wackamole paper wants virtual synchrony in a          *)
(* partitionable system: each component goes on, in a view of its own.     *)
(*                                                                         *)
(* The application of a process may lose the service and run on (the       *)
(* service fails alone): it is told so.                                    *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Process,    \* the processes
    Number,     \* the numbers of configurations: Nat, or a prefix of it
    None,       \* no configuration, and no commitment
    Order       \* the processes, in an order that all know

VARIABLES
    number, conf, place, leaving, log,  \* the service
    notices,    \* notices[p]: what the filter itself has still to say to p
    pending     \* pending[p]: what is held back

evsVars == <<number, conf, place, leaving, log>>
filterVars == <<notices, pending>>
vars == <<evsVars, filterVars>>

E == INSTANCE EVS

-----------------------------------------------------------------------------
(***************************************************************************)
(* F2.  Views, and the notices that an application is handed.              *)
(***************************************************************************)
ListOf(G) == SelectSeq(Order, LAMBDA p : p \in G)
View(c) == [epoch |-> c.number, members |-> ListOf(c.members)]

ViewNotice(p, c) == [type |-> "VIEW_CHANGE", view |-> View(c)]
LossNotice == [type |-> "DISCONNECT"]

TypeOK ==
    /\ E!TypeOK
    /\ DOMAIN notices = Process
    /\ DOMAIN pending = Process
    /\ \A p \in Process :
          /\ \A i \in DOMAIN notices[p] :
                \/ notices[p][i] = LossNotice
                \/ conf[p] # None /\ notices[p][i] = ViewNotice(p, conf[p])
          /\ \A i \in DOMAIN pending[p] : pending[p][i].sender = p

Init ==
    /\ E!Init
    /\ notices = [p \in Process |->
                     IF conf[p] = None THEN <<>> ELSE <<ViewNotice(p, conf[p])>>]
    /\ pending = [p \in Process |-> <<>>]

-----------------------------------------------------------------------------
(***************************************************************************)
(* F3.  What p's application says is held back until the service takes it: *)
(* at any time when p is in a regular configuration, and stays there.      *)
(***************************************************************************)
Held(p, ms) ==
    [pending EXCEPT ![p] = IF p \in E!Up THEN @ \o ms ELSE <<>>]

Say(p, ms) ==
    /\ pending' = Held(p, ms)
    /\ UNCHANGED <<evsVars, notices>>

Send(p) ==
    /\ pending[p] # <<>>
    /\ E!Send(p, Head(pending[p]))
    /\ pending' = [pending EXCEPT ![p] = Tail(@)]
    /\ UNCHANGED notices

-----------------------------------------------------------------------------
(***************************************************************************)
(* What p's application is handed, and the messages ms with which it       *)
(* answers: first what the filter has to say; then what is delivered, in   *)
(* whatever configuration (F1); then the view that is installed.           *)
(***************************************************************************)
TakeNotice(p, ms) ==
    /\ notices[p] # <<>>
    /\ notices' = [notices EXCEPT ![p] = Tail(@)]
    /\ pending' = Held(p, ms)
    /\ UNCHANGED evsVars

TakeMessage(p, ms) ==
    /\ notices[p] = <<>>
    /\ E!Deliver(p)
    /\ pending' = Held(p, ms)
    /\ UNCHANGED notices

TakeView(p, ms) ==
    /\ notices[p] = <<>>
    /\ E!Install(p)
    /\ pending' = Held(p, ms)
    /\ UNCHANGED notices

Take(p, ms) == TakeNotice(p, ms) \/ TakeMessage(p, ms) \/ TakeView(p, ms)

(***************************************************************************)
(* F1.  The transitional configuration is delivered to the filter, and the *)
(* application is handed nothing.                                          *)
(***************************************************************************)
Mask(p) ==
    /\ notices[p] = <<>>
    /\ E!Move(p)
    /\ UNCHANGED filterVars

(***************************************************************************)
(* What p's application is handed next, and all that is known of what      *)
(* follows: up to the next regular configuration, and in it.               *)
(***************************************************************************)
From(q, n) == SubSeq(q, n + 1, Len(q))

Staying(p) == From(log[conf[p]].order, place[p])

Going(p) ==
    From(E!Script(p), place[p])
    \o <<ViewNotice(p, leaving[p].to)>>
    \o log[leaving[p].to].order

Ahead(p, isGoing) ==
    notices[p] \o (CASE conf[p] = None -> <<>>
                     [] isGoing        -> Going(p)
                     [] OTHER          -> Staying(p))

-----------------------------------------------------------------------------
(***************************************************************************)
(* What happens to the service.                                            *)
(***************************************************************************)
Form(G) == E!Form(G) /\ UNCHANGED filterVars
Repair(p) == E!Repair(p) /\ UNCHANGED filterVars

(***************************************************************************)
(* F4.  The process p fails, with its application or without it.           *)
(***************************************************************************)
Fail(p, left) ==
    /\ E!Crash(p)
    /\ notices' = [notices EXCEPT ![p] = left]
    /\ pending' = [pending EXCEPT ![p] = <<>>]

Crash(p) == Fail(p, <<>>)
Lose(p) == Fail(p, <<LossNotice>>)

Recover(p) ==
    /\ E!Recover(p)
    /\ notices' = [notices EXCEPT ![p] = Append(@, ViewNotice(p, conf'[p]))]
    /\ UNCHANGED pending
=============================================================================
