-------------------------------- MODULE MCEVS --------------------------------
(***************************************************************************)
(* EVS closed by processes that do nothing but send agreed and safe        *)
(* messages, with histories over which the paper's specifications are      *)
(* stated, each under its number.  EVSSpecifications says what each means  *)
(* and where the letter is departed from.                                  *)
(*                                                                         *)
(* The histories are there to state properties, and no implementation has  *)
(* them.  With Histories = FALSE nothing is recorded, which allows larger  *)
(* bounds: what is left of the specifications are invariants of states.    *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
    Process, Number, None,
    Services,       \* of the messages that are sent
    MaxMessages,    \* how many messages all processes together send
    MaxChanges,     \* how often a configuration is formed, or a process
                    \* crashes or recovers; repairs are not counted
    Histories       \* whether histories are recorded

VARIABLES
    number, conf, place, leaving, log,  \* the environment
    sent,       \* how many messages each process has sent
    changes,    \* how many changes there were
    history     \* history: the events of each process

evsVars == <<number, conf, place, leaving, log>>
vars == <<evsVars, sent, changes, history>>

E == INSTANCE EVS
S == INSTANCE EVSSpecifications

-----------------------------------------------------------------------------
(***************************************************************************)
(* Histories.                                                              *)
(***************************************************************************)
Transitional(p) ==
    [from    |-> conf[p],
     to      |-> leaving[p].to,
     members |-> leaving[p].members]

(***************************************************************************)
(* The configuration that p is a member of.                                *)
(***************************************************************************)
Current(p) ==
    IF leaving[p] # None /\ leaving[p].moved THEN Transitional(p) ELSE conf[p]

ConfEvent(c) == [type |-> "conf", conf |-> c]
SendEvent(m, c) == [type |-> "send", message |-> m, conf |-> c]
DeliverEvent(m, c) == [type |-> "deliver", message |-> m, conf |-> c]
FailEvent(p) ==
    [type |-> "fail", conf |-> Current(p),
     sent |-> E!Range(log[conf[p]].order)]

Record(p, e) ==
    history' = IF Histories THEN [history EXCEPT ![p] = Append(@, e)]
               ELSE history

-----------------------------------------------------------------------------
Total(f) ==
    LET RECURSIVE sum(_)
        sum(P) == IF P = {} THEN 0
                  ELSE LET p == CHOOSE q \in P : TRUE
                       IN  f[p] + sum(P \ {p})
    IN  sum(DOMAIN f)

Init ==
    /\ E!Init
    /\ sent = [p \in Process |-> 0]
    /\ changes = 0
    /\ history = [p \in Process |->
                     IF Histories /\ conf[p] # None
                     THEN <<ConfEvent(conf[p])>> ELSE <<>>]

Message(p, s) == [sender |-> p, number |-> sent[p] + 1, service |-> s]

Send(p) ==
    /\ Total(sent) < MaxMessages
    /\ \E s \in Services :
          LET m == Message(p, s)
          IN  E!Send(p, m) /\ Record(p, SendEvent(m, Current(p)))
    /\ sent' = [sent EXCEPT ![p] = @ + 1]
    /\ UNCHANGED changes

Deliver(p) ==
    /\ E!Deliver(p)
    /\ Record(p, DeliverEvent(E!Coming(p), Current(p)))
    /\ UNCHANGED <<sent, changes>>

Move(p) ==
    /\ E!Move(p)
    /\ Record(p, ConfEvent(Transitional(p)))
    /\ UNCHANGED <<sent, changes>>

Install(p) ==
    /\ E!Install(p)
    /\ Record(p, ConfEvent(leaving[p].to))
    /\ UNCHANGED <<sent, changes>>

Repair(p) == E!Repair(p) /\ UNCHANGED <<sent, changes, history>>

Changed == changes < MaxChanges /\ changes' = changes + 1

Form(G) == Changed /\ E!Form(G) /\ UNCHANGED <<sent, history>>

Crash(p) ==
    /\ Changed
    /\ E!Crash(p)
    /\ Record(p, FailEvent(p))
    /\ UNCHANGED sent

Recover(p) ==
    /\ Changed
    /\ E!Recover(p)
    /\ Record(p, ConfEvent(conf'[p]))
    /\ UNCHANGED sent

Next ==
    \/ \E p \in Process : Send(p)
    \/ \E p \in Process : Deliver(p)
    \/ \E p \in Process : Move(p)
    \/ \E p \in Process : Install(p)
    \/ \E p \in Process : Repair(p)
    \/ \E G \in SUBSET Process : Form(G)
    \/ \E p \in Process : Crash(p)
    \/ \E p \in Process : Recover(p)

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* Who is up goes on delivering, and forms a configuration where one is    *)
(* lacking a member for good.                                              *)
(***************************************************************************)
Fairness ==
    \A p \in Process :
        /\ WF_vars(Deliver(p))
        /\ WF_vars(Move(p))
        /\ WF_vars(Install(p))
        /\ WF_vars(Repair(p))

FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(***************************************************************************)
(* Bounds.  Repairs raise numbers as well, and each makes a smaller        *)
(* configuration, so for each other change there are less than processes.  *)
(***************************************************************************)
MCNumber == 0..((MaxChanges + 1) * Cardinality(Process))

(***************************************************************************)
(* For NewNumbers: the least.                                              *)
(***************************************************************************)
LeastNumber(G) ==
    {1 + (CHOOSE n \in {number[p] : p \in G} :
             \A p \in G : number[p] =< n)}

(***************************************************************************)
(* For Places: at the end.  No behaviour is lost, up to the order of       *)
(* events that precedence does not relate.  A message x that EVS puts      *)
(* before m is sent when nobody in the configuration has delivered m, nor  *)
(* left with it in its prefix; so whatever precedes the sending of x does  *)
(* not follow that of m, and x can be sent first.  Then x is there when    *)
(* others leave or crash, who may, but need not, have it.                  *)
(***************************************************************************)
AtEnd(c, p) == {Len(log[c].order) + 1}

(***************************************************************************)
(* For Holes: as where messages have sequence numbers, so that a gap is a  *)
(* message; what follows the prefix is a message that T lacks.             *)
(***************************************************************************)
Sequenced(T) ==
    LET order == log[E!ConfOf(T)].order
    IN  {h \in E!Least(T)..Len(order) :
            h = Len(order) \/ order[h + 1].sender \notin E!Obliged(T)}

(***************************************************************************)
(* For Committing: all that take part.                                     *)
(***************************************************************************)
AllCommit(G) == {E!TransitionalSets(G)}

(***************************************************************************)
(* For Acknowledging: all, or nobody commits.                              *)
(***************************************************************************)
AllAcknowledge(T) == {T}

(***************************************************************************)
(* For Partitions: all are connected at the start.                         *)
(***************************************************************************)
Together == {{Process}}

(***************************************************************************)
(* Processes can be exchanged, where the configuration makes them model    *)
(* values.                                                                 *)
(***************************************************************************)
Symmetric == Permutations(Process)

-----------------------------------------------------------------------------
(***************************************************************************)
(* The process p is up in a configuration with all its members, and has    *)
(* delivered what was sent there.                                          *)
(***************************************************************************)
Settled(p) ==
    /\ leaving[p] = None
    /\ \A q \in conf[p].members : conf[q] = conf[p] /\ leaving[q] = None
    /\ place[p] = Len(log[conf[p]].order)

(***************************************************************************)
(* Which histories are judged.  What violates a specification goes on to   *)
(* violate it however it is prolonged, so it is enough to judge histories  *)
(* that are Complete, with which nothing more can happen.  1.3 and 7.2 are *)
(* stronger on prefixes (R9), and always judged there.                     *)
(***************************************************************************)
Judged == TRUE

Complete ==
    /\ changes = MaxChanges
    /\ Total(sent) = MaxMessages \/ E!Up = {}
    /\ \A p \in E!Up : Settled(p)

-----------------------------------------------------------------------------
(***************************************************************************)
(* The specifications of the paper.                                        *)
(***************************************************************************)
Spec_1_1 == Judged => S!Spec_1_1(history)
Spec_1_2 == Judged => S!Spec_1_2(history)
Spec_1_3 == S!Spec_1_3(history)
Spec_1_4 == Judged => S!Spec_1_4(history)
Spec_2_2 == Judged => S!Spec_2_2(history)
Spec_2_3 == Judged => S!Spec_2_3(history)
Spec_2_4 == Judged => S!Spec_2_4(history)
Spec_3 == Judged => S!Spec_3(history)
Spec_4 == Judged => S!Spec_4(history)
Spec_5 == Judged => S!Spec_5(history)
Spec_6_1 == Judged => S!Spec_6_1(history)
Spec_6_2 == Judged => S!Spec_6_2(history)
Spec_6_3 == Judged => S!Spec_6_3(history)
Spec_7_1 == Judged => S!Spec_7_1(history)
Spec_7_2 == S!Spec_7_2(history)
TransitionalBetween == Judged => S!Transitional(history)
TransitionalMembers == Judged => S!TransitionalMembers(history)
Members == Judged => S!Members(history)
Senders == Judged => S!Senders(history)

(***************************************************************************)
(* 2.1: if p remains in c for ever, so does each other member.             *)
(***************************************************************************)
Remains(p, c) == <>[](conf[p] = c)

Spec_2_1 ==
    \A c \in E!Configuration : \A p \in c.members : \A q \in c.members \ {p} :
        Remains(p, c) => Remains(q, c)

(***************************************************************************)
(* What makes changes stop is the bound.  Then every process that is up    *)
(* ends in a configuration all of whose members do, and delivers what they *)
(* send there.                                                             *)
(***************************************************************************)
Settles == <>[](\A p \in E!Up : Settled(p))

(***************************************************************************)
(* What holds of states.                                                   *)
(***************************************************************************)
TypeOK == E!TypeOK
OwnIsDelivered == E!OwnIsDelivered
SafeIsHeld == E!SafeIsHeld
SafeIsShared == E!SafeIsShared
=============================================================================
