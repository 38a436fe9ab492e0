------------------------------ MODULE MCFilter ------------------------------
(***************************************************************************)
(* EVS and the filter, closed by applications that do nothing but send     *)
(* messages and remember what they were handed.  Two things are checked.   *)
(*                                                                         *)
(* Promises: what MCVirtualSynchrony states over histories holds of these  *)
(* histories, by the very predicates.                                      *)
(*                                                                         *)
(* Refinement: each step is one of LooseVirtualSynchrony, or none.  A view *)
(* is installed there when a process commits to what it will install.  As  *)
(* it may yet be taken into another proposal, that must be foretold:       *)
(* `arrives` is a prophecy.  No behaviour is lost.  Whoever commits and    *)
(* goes on to deliver the transitional configuration was told TRUE;        *)
(* whoever is taken elsewhere, FALSE; and who does neither, or crashes,    *)
(* may have been told either.                                              *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
    Process, Number, None, Order,
    Services,       \* of the messages that are sent
    MaxMessages,    \* how many messages all processes together send
    MaxChanges,     \* how often a configuration is formed, or a process
                    \* crashes, loses the service or recovers, less repairs
    Histories,      \* whether histories are recorded
    Foretold        \* whether there is a prophecy

VARIABLES
    number, conf, place, leaving, log,  \* the service
    notices, pending,                   \* the filter
    sent,       \* the messages sent
    changes,    \* how many changes there were
    taken,      \* history: what each application was handed, in order
    owed,       \* history: what each sent since its process came up
    arrives     \* prophecy: whether p installs what it has committed to

evsVars == <<number, conf, place, leaving, log>>
filterVars == <<notices, pending>>
vars == <<evsVars, filterVars, sent, changes, taken, owed, arrives>>

F == INSTANCE Filter

-----------------------------------------------------------------------------
(***************************************************************************)
(* Whether something else happens while a message could be sent that is    *)
(* held back: yes.                                                         *)
(***************************************************************************)
MayDelay == TRUE

Init ==
    /\ F!Init
    /\ sent = {}
    /\ changes = 0
    /\ taken = [p \in Process |-> <<>>]
    /\ owed = [p \in Process |-> {}]
    /\ arrives = [p \in Process |-> FALSE]

Message(p, service) ==
    [type |-> "MESSAGE", sender |-> p, number |-> Cardinality(sent) + 1,
     knew |-> conf[p].number, service |-> service]

(***************************************************************************)
(* An application that knows of a view says something.                     *)
(***************************************************************************)
Say(p) ==
    /\ MayDelay
    /\ Cardinality(sent) < MaxMessages
    /\ p \in F!E!Up
    /\ notices[p] = <<>>
    /\ \E service \in Services :
          LET m == Message(p, service)
          IN  /\ F!Say(p, <<m>>)
              /\ sent' = sent \cup {m}
              /\ owed' = IF Histories THEN [owed EXCEPT ![p] = @ \cup {m}] ELSE owed
    /\ UNCHANGED <<changes, taken, arrives>>

Send(p) == F!Send(p) /\ UNCHANGED <<sent, changes, taken, owed, arrives>>

Record(p, e) ==
    taken' = IF Histories THEN [taken EXCEPT ![p] = Append(@, e)] ELSE taken

Take(p, e) ==
    /\ MayDelay
    /\ Record(p, e)
    /\ UNCHANGED <<sent, changes, owed>>

TakeNotice(p) ==
    /\ F!TakeNotice(p, <<>>)
    /\ Take(p, Head(notices[p]))
    /\ UNCHANGED arrives

TakeMessage(p) ==
    /\ F!TakeMessage(p, <<>>)
    /\ Take(p, F!E!Coming(p))
    /\ UNCHANGED arrives

TakeView(p) ==
    /\ F!TakeView(p, <<>>)
    /\ Take(p, F!ViewNotice(p, leaving[p].to))
    /\ arrives' = [arrives EXCEPT ![p] = FALSE]

Mask(p) ==
    /\ MayDelay
    /\ Foretold => arrives[p]
    /\ F!Mask(p)
    /\ UNCHANGED <<sent, changes, taken, owed, arrives>>

-----------------------------------------------------------------------------
Changed == MayDelay /\ changes < MaxChanges /\ changes' = changes + 1

(***************************************************************************)
(* Those whose commitment is new are foretold what becomes of it; those to *)
(* whom it was foretold that they arrive keep the one that they have.      *)
(***************************************************************************)
Foretell ==
    LET fresh == {p \in Process : leaving'[p] \notin {None, leaving[p]}}
    IN  /\ \A p \in fresh : ~arrives[p]
        /\ \E A \in SUBSET {p \in fresh : Foretold /\ leaving'[p].complete} :
              arrives' = [p \in Process |-> p \in A \/ (p \notin fresh /\ arrives[p])]

Form(G) ==
    /\ Changed
    /\ F!Form(G)
    /\ Foretell
    /\ UNCHANGED <<sent, taken, owed>>

Repair(p) ==
    /\ MayDelay
    /\ F!Repair(p)
    /\ Foretell
    /\ UNCHANGED <<sent, changes, taken, owed>>

(***************************************************************************)
(* A crash is marked in the history like a loss.                           *)
(***************************************************************************)
Fails(p) ==
    /\ Changed
    /\ owed' = [owed EXCEPT ![p] = {}]
    /\ arrives' = [arrives EXCEPT ![p] = FALSE]
    /\ UNCHANGED sent

Crash(p) == Fails(p) /\ F!Crash(p) /\ Record(p, F!LossNotice)
Lose(p) == Fails(p) /\ F!Lose(p) /\ UNCHANGED taken

Recover(p) ==
    /\ Changed
    /\ F!Recover(p)
    /\ UNCHANGED <<sent, taken, owed, arrives>>

Next ==
    \/ \E p \in Process : Say(p)
    \/ \E p \in Process : Send(p)
    \/ \E p \in Process : TakeNotice(p)
    \/ \E p \in Process : TakeMessage(p)
    \/ \E p \in Process : TakeView(p)
    \/ \E p \in Process : Mask(p)
    \/ \E G \in SUBSET Process : Form(G)
    \/ \E p \in Process : Repair(p)
    \/ \E p \in Process : Crash(p)
    \/ \E p \in Process : Lose(p)
    \/ \E p \in Process : Recover(p)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* What the filter's state is as one of virtual synchrony.                 *)
(***************************************************************************)
Max(S) == CHOOSE n \in S : \A m \in S : m =< n

Epoch == Max({number[p] : p \in Process})

Net ==
    [p \in Process |->
        IF conf[p] = None THEN None
        ELSE F!View(IF arrives[p] THEN leaving[p].to ELSE conf[p])]

Inbox == [p \in Process |-> F!Ahead(p, arrives[p])]

(***************************************************************************)
(* The promises, over histories.                                           *)
(***************************************************************************)
H == INSTANCE MCStronger WITH
        Server <- Process, Epoch <- Number, NoView <- None,
        MaxEpoch <- MaxChanges,
        epoch <- Epoch, net <- Net, inbox <- Inbox

TypeOK == F!TypeOK
Membership == H!Membership
ViewsInOrder == H!ViewsInOrder
VirtuallySynchronous == H!VirtuallySynchronous
AgreedOrder == H!AgreedOrder
AtMostOnce == H!AtMostOnce
NothingInvented == H!NothingInvented

(***************************************************************************)
(* What is held back is not lost.                                          *)
(***************************************************************************)
Range(f) == {f[i] : i \in DOMAIN f}

SelfDelivery ==
    \A p \in F!E!Up :
        owed[p] \subseteq Range(taken[p]) \cup Range(Inbox[p]) \cup Range(pending[p])

(***************************************************************************)
(* What VirtualSynchrony promises beyond that: none of it holds.           *)
(***************************************************************************)
OfTwoViews == H!OfTwoViews
EveryMemberIsTold == H!EveryMemberIsTold
NothingSkipped == H!NothingSkipped
FailureIsSeen == H!FailureIsSeen
TakenAsSent == H!TakenAsSent

(***************************************************************************)
(* The refinement.                                                         *)
(***************************************************************************)
Loose == INSTANCE LooseVirtualSynchrony WITH
            Server <- Process, Epoch <- Number, NoView <- None,
            epoch <- Epoch, net <- Net, inbox <- Inbox, outbox <- pending

StartsLoose == \E P \in Loose!Partitions : Loose!StartsWith(P)
ImplementsLoose == [][Loose!LooseNext]_Loose!looseVars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Bounds and coarsenings.                                                 *)
(***************************************************************************)
Names == <<"p", "q", "r">>
MCOrder == SelectSeq(Names, LAMBDA p : p \in Process)

MCNumber == 0..((MaxChanges + 1) * Cardinality(Process))

(***************************************************************************)
(* For NewNumbers: one more than any that was used, so that configurations *)
(* are numbered as they are formed.  Only that numbers differ, and which   *)
(* of those that a process knows is greater, ever matters: in every        *)
(* behaviour configurations can be given such numbers instead.             *)
(***************************************************************************)
NextNumber(G) == {Epoch + 1}

(***************************************************************************)
(* For Places: at the end, as MCEVS says.                                  *)
(***************************************************************************)
AtEnd(c, p) == {Len(log[c].order) + 1}

(***************************************************************************)
(* For Partitions: all are connected at the start.                         *)
(***************************************************************************)
Together == {{Process}}

(***************************************************************************)
(* Where a long way begins, that is reached (WitnessHalfway): r and q have *)
(* sent a message each, and r alone has taken them.                        *)
(***************************************************************************)
Halfway ==
    LET c == [number |-> 0, members |-> {"p", "q", "r"}]
        m(p, n) == [type |-> "MESSAGE", sender |-> p, number |-> n,
                    knew |-> 0, service |-> "agreed"]
        both == <<m("r", 1), m("q", 2)>>
    IN  /\ number = [p \in Process |-> 0]
        /\ conf = [p \in Process |-> c]
        /\ place = [p \in Process |-> IF p = "r" THEN 2 ELSE 0]
        /\ leaving = [p \in Process |-> None]
        /\ log = [d \in {c} |-> [order |-> both, stable |-> 0, frozen |-> 2,
                                 absent |-> [p \in {} |-> 0]]]
        /\ notices = [p \in Process |-> <<>>]
        /\ pending = [p \in Process |-> <<>>]
        /\ sent = {m("r", 1), m("q", 2)}
        /\ changes = 0
        /\ taken = [p \in Process |->
                       IF ~Histories THEN <<>>
                       ELSE <<F!ViewNotice(p, c)>>
                            \o (IF p = "r" THEN both ELSE <<>>)]
        /\ owed = [p \in Process |->
                      IF Histories THEN {n \in sent : n.sender = p} ELSE {}]
        /\ arrives = [p \in Process |-> FALSE]

HalfwaySpec == Halfway /\ [][Next]_vars

(***************************************************************************)
(* For Lists of VirtualSynchrony, to save time: the list that the filter   *)
(* makes.                                                                  *)
(***************************************************************************)
TheList(G) == {F!ListOf(G)}

(***************************************************************************)
(* For Acknowledging and Committing, as in MCEVS: all or nobody.           *)
(***************************************************************************)
AllAcknowledge(T) == {T}
AllCommit(G) == {F!E!TransitionalSets(G)}

(***************************************************************************)
(* For Fails: nobody does.                                                 *)
(***************************************************************************)
NobodyFails(p) == FALSE

(***************************************************************************)
(* For MayDelay: what can be sent is sent before anything else happens.    *)
(***************************************************************************)
Prompt == \A p \in Process : pending[p] # <<>> => ~F!E!MaySend(p)
=============================================================================
