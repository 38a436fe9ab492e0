---------------------------- MODULE MCMembership ----------------------------
(***************************************************************************)
(* Membership closed by processes that send agreed and safe messages.      *)
(*                                                                         *)
(* What is checked.  With Histories = TRUE the specifications of the       *)
(* paper, as EVSSpecifications states them, over what each process did:    *)
(* they know nothing of this protocol.  With Images = TRUE the refinement  *)
(* of EVS.tla: `image` is the state of EVS that a state stands for.  Form  *)
(* of EVS is the step in which the members of a proposal acknowledge it,   *)
(* all or some of them (OneStep).                                          *)
(***************************************************************************)
EXTENDS Membership

CONSTANTS
    Senders, Services,  \* who sends, and messages of which service
    Groups,             \* which sets of processes may commit together
    Failing,            \* who may crash
    MaxMessages,        \* how many messages are sent
    MaxChanges,         \* how often processes commit, crash or recover
    Histories, Images   \* what is recorded

VARIABLES sent, changes, history, image

mcvars == <<vars, sent, changes, history, image>>

S == INSTANCE EVSSpecifications
E == INSTANCE EVS WITH
    number  <- image.number,
    conf    <- image.conf,
    place   <- image.place,
    leaving <- image.leaving,
    log     <- image.log

-----------------------------------------------------------------------------
(***************************************************************************)
(* Histories.                                                              *)
(***************************************************************************)
Transitional(p) ==
    [from |-> conf[p], to |-> proposal[p], members |-> TransitionalSet(p)]

Current(p) == IF mode[p] = "transitional" THEN Transitional(p) ELSE conf[p]

ConfEvent(c) == [type |-> "conf", conf |-> c]
SendEvent(m, c) == [type |-> "send", message |-> m, conf |-> c]
DeliverEvent(m, c) == [type |-> "deliver", message |-> m, conf |-> c]
FailEvent(p) ==
    [type |-> "fail", conf |-> Current(p), sent |-> Range(order[conf[p]])]

Record(p, e) ==
    history' = IF Histories THEN [history EXCEPT ![p] = Append(@, e)]
               ELSE history

-----------------------------------------------------------------------------
(***************************************************************************)
(* Images.  Those parts of EVS that are no variables here: to what a       *)
(* process has committed, and of a log what is stable, frozen and absent.  *)
(***************************************************************************)
Becomes(i) == image' = IF Images THEN i ELSE image

Referred(i) ==
    {i.conf[p] : p \in Process}
    \cup {i.leaving[p].to : p \in {q \in Process : i.leaving[q] # None}}

Trimmed(i) ==
    [i EXCEPT !.log = [c \in DOMAIN @ \cap Referred(i) |-> @[c]]]

ImageOfDelivery(p) ==
    LET n == place[p] + 1
        safe == Coming(p).service = "safe"
        moved == [image EXCEPT !.place[p] = n]
    IN  IF image.leaving[p] # None THEN moved
        ELSE [moved EXCEPT
                !.log[conf[p]].frozen = Max({@, n}),
                !.log[conf[p]].stable = IF safe THEN Max({@, n}) ELSE @]

(***************************************************************************)
(* The members A of d have acknowledged, and no other ever will.  A        *)
(* transitional set none of whose members did is not committed.            *)
(***************************************************************************)
From(d, c) == {q \in d.members : report[d][q].conf = c}

Commitments(d, A) ==
    LET set(q) == From(d, report[d][q].conf)
        of(q) == [to |-> d, members |-> set(q),
                  held |-> Prefix(store'[q]), bound |-> bound'[q],
                  obliged |-> obliged'[q], moved |-> FALSE,
                  complete |-> set(q) \subseteq A]
        after(q) ==
            IF set(q) \cap A = {} THEN image.leaving[q]
            ELSE IF q \in A THEN of(q)
            ELSE E!Unacknowledged(q, set(q), set(q) \cap A, d)
    IN  [q \in Process |-> IF q \in d.members THEN after(q)
                           ELSE image.leaving[q]]

ImageOfCommitment(d, A) ==
    LET leaving == Commitments(d, A)
        given(c) == From(d, c) \cap A
        cut(c) == LET q == CHOOSE t \in given(c) : TRUE
                  IN  <<leaving[q].held, leaving[q].bound>>
        log(c) ==
            IF c = d THEN E!NewLog(d)
            ELSE IF given(c) = {} THEN image.log[c]
            ELSE E!Left(image.log[c], From(d, c), given(c), cut(c))
    IN  Trimmed([image EXCEPT
            !.number = [q \in Process |-> IF q \in d.members THEN d.number
                                          ELSE @[q]],
            !.leaving = leaving,
            !.log = [c \in DOMAIN @ \cup {d} |-> log(c)]])

ImageOfInstallation(p) ==
    LET d == proposal[p]
    IN  Trimmed([image EXCEPT
            !.conf[p] = d,
            !.place[p] = 0,
            !.leaving[p] = None,
            !.log[d].absent = [q \in DOMAIN @ \ {p} |-> @[q]]])

ImageOfCrash(p) ==
    LET gone == [q \in DOMAIN image.log[conf[p]].absent \cup {p} |->
                    IF q = p THEN Len(order[conf[p]])
                    ELSE image.log[conf[p]].absent[q]]
        down == [image EXCEPT
                    !.conf[p] = None, !.place[p] = 0, !.leaving[p] = None]
    IN  Trimmed(IF image.leaving[p] # None THEN down
                ELSE [down EXCEPT !.log[conf[p]].absent = gone])

ImageOfRecovery(p) ==
    LET c == conf'[p]
    IN  [image EXCEPT
            !.number[p] = c.number,
            !.conf[p] = c,
            !.log = [d \in DOMAIN @ \cup {c} |->
                        IF d = c THEN E!Present(c) ELSE @[d]]]

ImageOfSending(p, m) ==
    [image EXCEPT !.log[conf[p]] = E!Put(@, Len(@.order) + 1, m)]

FirstImage ==
    LET c == [number |-> FirstNumber, members |-> Process]
    IN  [number  |-> [p \in Process |-> FirstNumber],
         conf    |-> [p \in Process |-> c],
         place   |-> [p \in Process |-> 0],
         leaving |-> [p \in Process |-> None],
         log     |-> [d \in {c} |-> [order |-> <<>>, stable |-> 0,
                                     frozen |-> 0, absent |-> <<>>]]]

-----------------------------------------------------------------------------
MCInit ==
    /\ Init
    /\ sent = [p \in Process |-> 0]
    /\ changes = 0
    /\ history = [p \in Process |->
                     IF Histories THEN <<ConfEvent(conf[p])>> ELSE <<>>]
    /\ image = FirstImage

SentByAll ==
    LET RECURSIVE sum(_)
        sum(P) == IF P = {} THEN 0
                  ELSE LET p == CHOOSE q \in P : TRUE
                       IN  sent[p] + sum(P \ {p})
    IN  sum(Process)

MaySend(p) == p \in Senders

MCSend(p) ==
    /\ MaySend(p)
    /\ SentByAll < MaxMessages
    /\ \E s \in Services :
          LET m == [sender |-> p, number |-> sent[p] + 1, service |-> s]
          IN  /\ Send(p, m)
              /\ Record(p, SendEvent(m, conf[p]))
              /\ Becomes(ImageOfSending(p, m))
    /\ sent' = [sent EXCEPT ![p] = @ + 1]
    /\ UNCHANGED changes

Quietly == UNCHANGED <<sent, changes, history, image>>

MCReceive(p) ==
    /\ p \in Up
    /\ \E i \in DOMAIN order[conf[p]] : Receive(p, i)
    /\ Quietly

MCDeliver(p) ==
    /\ Deliver(p)
    /\ Record(p, DeliverEvent(Coming(p), Current(p)))
    /\ Becomes(ImageOfDelivery(p))
    /\ UNCHANGED <<sent, changes>>

MCGather(p) == Gather(p) /\ Quietly

MCAcknowledge ==
    /\ \E d \in DOMAIN acks : \E A \in Together(d) :
          /\ Acknowledge(d, A)
          /\ Becomes(ImageOfCommitment(d, A))
    /\ UNCHANGED <<sent, changes, history>>

MCMove(p) ==
    /\ Move(p)
    /\ Record(p, ConfEvent(Transitional(p)))
    /\ Becomes([image EXCEPT !.leaving[p].moved = TRUE])
    /\ UNCHANGED <<sent, changes>>

MCInstall(p) ==
    /\ Install(p)
    /\ Record(p, ConfEvent(proposal[p]))
    /\ Becomes(ImageOfInstallation(p))
    /\ UNCHANGED <<sent, changes>>

Changed == changes < MaxChanges /\ changes' = changes + 1

MCForm(G) ==
    /\ G \in Groups
    /\ Changed
    /\ Form(G)
    /\ UNCHANGED <<sent, history, image>>

MCCrash(p) ==
    /\ p \in Failing
    /\ Changed
    /\ Crash(p)
    /\ Record(p, FailEvent(p))
    /\ Becomes(ImageOfCrash(p))
    /\ UNCHANGED sent

MCRecover(p) ==
    /\ Changed
    /\ Recover(p)
    /\ Record(p, ConfEvent(conf'[p]))
    /\ Becomes(ImageOfRecovery(p))
    /\ UNCHANGED sent

MCNext ==
    \/ \E p \in Process : MCSend(p)
    \/ \E p \in Process : MCReceive(p)
    \/ \E p \in Process : MCDeliver(p)
    \/ \E p \in Process : MCGather(p)
    \/ \E G \in SUBSET Process : MCForm(G)
    \/ MCAcknowledge
    \/ \E p \in Process : MCMove(p)
    \/ \E p \in Process : MCInstall(p)
    \/ \E p \in Process : MCCrash(p)
    \/ \E p \in Process : MCRecover(p)

MCSpec == MCInit /\ [][MCNext]_mcvars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Bounds and coarsenings.                                                 *)
(***************************************************************************)
MCNumber == 0..(MaxChanges + 1)

AllGroups == SUBSET Process
PairThenOne == {{"p", "q"}, {"p"}}
AllThenOne == {Process, {"p"}}
OnlyP == {{"p"}}

LeastNumber(G) == {1 + Max({number[p] : p \in G})}

(***************************************************************************)
(* FromOperational, for Ready, and OnlyCascades, for MayGather: who is in  *)
(* a regular configuration gathers when it commits.  What it does while it *)
(* gathers it can do before that, except that it sends nothing, and it     *)
(* need not send.                                                          *)
(***************************************************************************)
FromOperational(p) == mode[p] \in {"operational", "gather"}
OnlyCascades(p) == mode[p] = "recovery"

(***************************************************************************)
(* OneStep, for Together: all members of a proposal that will ever         *)
(* acknowledge it do so in one step, before any of them gives it up or     *)
(* crashes.  Nothing is lost.  Between its report and its acknowledgement  *)
(* a member does nothing, and acknowledgements show only when they are     *)
(* complete, to members; so all of them can come as early as the proposal  *)
(* itself, and every process has the same history.                         *)
(***************************************************************************)
OneStep(d) ==
    IF acks[d] = {} /\ \A p \in d.members : proposal[p] = d
    THEN (SUBSET d.members) \ {{}} ELSE {}

-----------------------------------------------------------------------------
(***************************************************************************)
(* EVS.  Every step is one of EVS, or none, with OneStep: EVS has one step *)
(* for all who acknowledge a configuration.                                *)
(***************************************************************************)
EVSSend(p) ==
    \E s \in Services :
        E!Send(p, [sender |-> p, number |-> sent[p] + 1, service |-> s])

EVSNext ==
    \/ \E p \in Process : EVSSend(p)
    \/ \E p \in Process : E!Deliver(p)
    \/ \E p \in Process : E!Move(p)
    \/ \E p \in Process : E!Install(p)
    \/ \E p \in Process : E!Crash(p)
    \/ \E p \in Process : E!Recover(p)
    \/ \E G \in SUBSET Process : E!Form(G)

StartsAsEVS == E!Start({Process})
ImplementsEVS == [][EVSNext]_E!vars

Spec_1_1 == S!Spec_1_1(history)
Spec_1_2 == S!Spec_1_2(history)
Spec_1_3 == S!Spec_1_3(history)
Spec_1_4 == S!Spec_1_4(history)
Spec_2_2 == S!Spec_2_2(history)
Spec_2_3 == S!Spec_2_3(history)
Spec_2_4 == S!Spec_2_4(history)
Spec_3 == S!Spec_3(history)
Spec_4 == S!Spec_4(history)
Spec_5 == S!Spec_5(history)
Spec_6_1 == S!Spec_6_1(history)
Spec_6_2 == S!Spec_6_2(history)
Spec_6_3 == S!Spec_6_3(history)
Spec_7_1 == S!Spec_7_1(history)
Spec_7_2 == S!Spec_7_2(history)
TransitionalBetween == S!Transitional(history)
TransitionalMembers == S!TransitionalMembers(history)
Members == S!Members(history)
SentBySender == S!Senders(history)
=============================================================================
