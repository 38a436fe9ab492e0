------------------------------ MODULE BrokenEVS ------------------------------
(***************************************************************************)
(* The service with one promise broken; each Broken model puts one of      *)
(* these in the place of the definition it names.                          *)
(***************************************************************************)
EXTENDS MCEVS

Order(p) == log[conf[p]].order
Behind(p) == SubSeq(Order(p), leaving[p].held + 1, Len(Order(p)))
Before(p) == SubSeq(Order(p), 1, leaving[p].held)

-----------------------------------------------------------------------------
(***************************************************************************)
(* For Script, what a process delivers: nothing behind the hole; its own   *)
(* messages alone; everybody's but the hole; the hole too; what arrives    *)
(* late as well, at one process of a transitional set; what it delivered   *)
(* before once more; its own messages first.                               *)
(***************************************************************************)
NothingBehind(p) == IF leaving[p] = None THEN Order(p) ELSE Before(p)

OwnBehind(p) ==
    IF leaving[p] = None THEN Order(p)
    ELSE Before(p) \o SelectSeq(Behind(p), LAMBDA m : m.sender = p)

AllBehind(p) ==
    IF leaving[p] = None \/ Behind(p) = <<>> THEN Order(p)
    ELSE Before(p) \o Tail(Behind(p))

HoleToo(p) ==
    IF leaving[p] = None \/ Behind(p) = <<>> THEN Order(p)
    ELSE Before(p) \o <<Head(Behind(p))>>
         \o SelectSeq(Tail(Behind(p)),
                      LAMBDA m : m.sender \in leaving[p].obliged)

LateToo(p) ==
    IF leaving[p] = None \/ p = CHOOSE q \in leaving[p].members : TRUE
    THEN Order(p)
    ELSE Before(p) \o SelectSeq(Behind(p),
                                LAMBDA m : m.sender \in leaving[p].obliged)

OnceMore(p) ==
    IF leaving[p] = None THEN Order(p)
    ELSE Before(p) \o SubSeq(Order(p), 1, leaving[p].bound)

OwnFirst(p) ==
    SelectSeq(Order(p), LAMBDA m : m.sender = p)
    \o SelectSeq(Order(p), LAMBDA m : m.sender # p)

(***************************************************************************)
(* For Until: all is delivered in the regular configuration.               *)
(***************************************************************************)
UntilTheEnd(p) == Len(E!Script(p))

(***************************************************************************)
(* For Deliver: what is delivered is still to be delivered.                *)
(***************************************************************************)
Again(p) ==
    /\ p \in E!Up
    /\ place[p] < E!Until(p)
    /\ UNCHANGED evsVars

(***************************************************************************)
(* For Places: anywhere in the order.                                      *)
(***************************************************************************)
Anywhere(c, p) == 1..(Len(log[c].order) + 1)

(***************************************************************************)
(* For MaySend: in transitional configurations too.                        *)
(***************************************************************************)
Always(p) == p \in E!Up

(***************************************************************************)
(* For Safe: safe messages are handled as agreed ones.                     *)
(***************************************************************************)
AsAgreed(m) == FALSE

(***************************************************************************)
(* For AllHold: nobody asks.                                               *)
(***************************************************************************)
NotAsked(c, i) == TRUE

(***************************************************************************)
(* For Had and Put: who crashed is taken to have all that comes later.     *)
(***************************************************************************)
Everything(l) == MaxMessages

PutForAll(l, i, m) ==
    [l EXCEPT
        !.order = SubSeq(@, 1, i - 1) \o <<m>> \o SubSeq(@, i, Len(@))]

(***************************************************************************)
(* For Has: a cascade forgets what was rebroadcast.  For Least: who leaves *)
(* may lack what another delivered as safe.  For OthersHold: who leaves    *)
(* takes everybody to have what it has itself.                             *)
(***************************************************************************)
OnlyDelivered(p) == place[p]

NothingStable(T) ==
    CHOOSE i \in {E!Has(p) : p \in T} : \A p \in T : E!Has(p) =< i

Believed(T, i) == TRUE

(***************************************************************************)
(* For Obliged: a cascade forgets the obligations.                         *)
(***************************************************************************)
OnlyMembers(T) == T

(***************************************************************************)
(* For IsComplete: who has acknowledged waits for nobody else.             *)
(***************************************************************************)
Anyway(T, A) == TRUE

(***************************************************************************)
(* For NewLog: the members are taken to have installed; the messages of a  *)
(* configuration that is left are kept for the next.                       *)
(***************************************************************************)
AllThere(d) ==
    [order |-> <<>>, stable |-> 0, frozen |-> 0, absent |-> [p \in {} |-> 0]]

OldMessages(d) ==
    [order  |-> log[conf[CHOOSE p \in d.members : TRUE]].order,
     stable |-> 0, frozen |-> 0, absent |-> [p \in d.members |-> 0]]

(***************************************************************************)
(* For NewNumbers: the highest that is known; any; more than there are.    *)
(***************************************************************************)
OldNumber(G) ==
    {CHOOSE n \in {number[p] : p \in G} : \A p \in G : number[p] =< n}

AnyNumber(G) == 1..2

MoreNumbers(G) == {Cardinality(Number)}

(***************************************************************************)
(* For Lacks: nobody notices that a member is gone.                        *)
(***************************************************************************)
Unnoticed(c) == FALSE

(***************************************************************************)
(* For Move: it waits for nothing that is to be delivered before, nor      *)
(* after, since it is left out.                                            *)
(***************************************************************************)
LeftOut(p) == FALSE

StraightOn(p) ==
    /\ p \in E!Leaving
    /\ place[p] = E!Until(p)
    /\ E!Arrive(p)

(***************************************************************************)
(* For Message: one number for all that a process sends.                   *)
(***************************************************************************)
OneNumber(p, s) == [sender |-> p, number |-> 1, service |-> s]

(***************************************************************************)
(* For Current: transitional configurations are not told from the regular  *)
(* ones before them.  For Transitional: each member is told its own.       *)
(***************************************************************************)
RegularOnly(p) == conf[p]

EachItsOwn(p) ==
    [from |-> conf[p], to |-> leaving[p].to, members |-> {p}]

(***************************************************************************)
(* For Transitional: the members that both configurations have, whether    *)
(* they installed the first or not.                                        *)
(***************************************************************************)
OfBoth(p) ==
    [from |-> conf[p], to |-> leaving[p].to,
     members |-> conf[p].members \cap leaving[p].to.members]

(***************************************************************************)
(* For ConfEvent and Transitional: a configuration is announced without    *)
(* its members; the transitional one with those of the next.  For          *)
(* SendEvent: a message is recorded as sent by whoever comes first.        *)
(***************************************************************************)
Nameless(c) ==
    [type |-> "conf",
     conf |-> IF S!IsRegular(c) THEN [c EXCEPT !.members = {}] ELSE c]

OfTheNext(p) ==
    [from |-> conf[p], members |-> leaving[p].to.members, to |-> leaving[p].to]

SentByAnother(m, c) ==
    [type |-> "send", conf |-> c,
     message |-> [m EXCEPT !.sender = CHOOSE q \in Process : q # m.sender]]
=============================================================================
